import { expect, test } from 'vitest'
import type { FeedEvent, Nouns } from '../../contract/feed.ts'
import { ofClinic, withoutElsewhere } from './of-clinic.ts'
import { emptyState, withEvents } from './store.ts'

const taken = (id: string, clinicId: string, patientId = 'p') =>
  ({ id, clinicId, patientId, version: 1 }) as Nouns['triageRecords']
const visit = (id: string, clinicId: string) => ({ id, clinicId, version: 1 }) as Nouns['visits']
const event = (changes: FeedEvent['changes']): FeedEvent => ({
  ...{ seq: 1, type: 'triage_updated', at: '2026-11-20T09:00:00.000Z', clinicId: 'other', doctorId: null },
  ...{ actorId: null, changes },
})

test('another clinic’s look at a watched patient is kept, its visit is not: lists of visits are this clinic’s', () => {
  const told = event({ visits: [visit('a', 'other'), visit('b', 'mine')], triageRecords: [taken('t', 'other')] })
  const { nouns } = withEvents(emptyState, [ofClinic(told, 'mine')], 1)
  expect(Object.keys(nouns.visits)).toEqual(['b'])
  expect(Object.keys(nouns.triageRecords)).toEqual(['t'])
})

test('an event of this clinic is left as it is', () => {
  const told = event({ visits: [visit('b', 'mine')] })
  expect(ofClinic(told, 'mine')).toBe(told)
})

test('P5 nobody watches any more: what other clinics took of them is forgotten, and of nobody else anything', () => {
  const records = [taken('own', 'mine'), taken('far', 'other'), taken('else', 'other', 'q')]
  const state = withEvents(emptyState, [event({ triageRecords: records })], 1)
  expect(Object.keys(withoutElsewhere(state, 'p', 'mine').nouns.triageRecords)).toEqual(['own', 'else'])
  expect(withoutElsewhere(state, 'nobody', 'mine')).toBe(state)
})
