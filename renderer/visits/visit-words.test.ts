import { expect, test } from 'vitest'
import type { VisitStatus } from '../../contract/visits.ts'
import { waitsSince } from './visit-words.ts'

const [came, changed] = ['2026-03-09T09:00:00.000Z', '2026-03-09T09:20:00.000Z']
const since = (status: VisitStatus) => waitsSince({ status, arrivedAt: came, statusAt: changed })

test('who waits has waited since they came, in the list and beside it: also after a look or a time on hold', () => {
  expect([since('waiting'), since('in_triage')]).toEqual([came, came])
  expect([since('called'), since('in_consultation'), since('on_hold')]).toEqual([changed, changed, changed])
})
