import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Asked, asked } from '../contract/alerts.ts'
import { clinicSettings } from '../contract/clinics.ts'
import { severity } from '../contract/severity.ts'
import { urgency } from '../contract/visits.ts'
import { type AskedRole, askedNext, dueAfter } from './alert-climb.ts'
import { tooLongFrom, waitsTooLong } from './long-wait.ts'

const AT = '2026-03-09T03:00:00.000Z'
const after = (minutes: number) => new Date(Date.parse(AT) + minutes * 60_000).toISOString()
const unanswered = { severity: 'critical', asked: 'nurse', acknowledgedAt: null, resolvedAt: null } as const
const present = fc.uniqueArray(fc.constantFrom<AskedRole>('nurse', 'doctor')).map((roles) => new Set(roles))

test('L3 from the nurse to the doctor to everybody; who is not there is skipped at once', () => {
  const both = new Set<AskedRole>(['nurse', 'doctor'])
  expect(askedNext(null, both)).toBe('nurse')
  expect(askedNext('nurse', both)).toBe('doctor')
  expect(askedNext('doctor', both)).toBe('everybody')
  expect(askedNext(null, new Set<AskedRole>(['doctor']))).toBe('doctor')
  expect(askedNext('nurse', new Set<AskedRole>(['nurse']))).toBe('everybody')
  expect(askedNext(null, new Set())).toBe('everybody')
})

test('L3 whoever is there, it only climbs, and three steps at most reach every screen', () => {
  fc.assert(
    fc.property(fc.array(present, { minLength: 3, maxLength: 3 }), (there) => {
      const way: Asked[] = []
      for (const roles of there) way.push(askedNext(way.at(-1) ?? null, roles))
      const heights = way.map((one) => asked.options.indexOf(one))
      expect(heights).toEqual(heights.toSorted((one, other) => one - other))
      expect(way.at(-1)).toBe('everybody')
    }),
  )
})

test('L3 one minute for immediate, two for the others, ten after an answer', () => {
  expect(dueAfter(AT, unanswered, 'immediate')).toBe(after(1))
  for (const level of urgency.options.slice(1)) expect(dueAfter(AT, unanswered, level)).toBe(after(2))
  expect(dueAfter(AT, unanswered, null)).toBe(after(2))
  expect(dueAfter(AT, { ...unanswered, acknowledgedAt: AT }, 'immediate')).toBe(after(10))
  expect(dueAfter(AT, { ...unanswered, asked: 'everybody', acknowledgedAt: AT }, null)).toBe(after(10))
})

test('L3 nothing is due of what every screen says, what has its outcome, and what is not critical', () => {
  expect(dueAfter(AT, { ...unanswered, asked: 'everybody' }, 'immediate')).toBeNull()
  for (const acknowledgedAt of [null, AT]) {
    expect(dueAfter(AT, { ...unanswered, acknowledgedAt, resolvedAt: AT }, null)).toBeNull()
    for (const lower of severity.options.filter((one) => one !== 'critical'))
      expect(dueAfter(AT, { ...unanswered, acknowledgedAt, severity: lower }, 'immediate')).toBeNull()
  }
})

const usual = clinicSettings.parse({})
const tooLong = (visit: Parameters<typeof waitsTooLong>[0], minutes: number, settings = usual) =>
  waitsTooLong(visit, after(minutes), settings)

test('a long wait begins after its minutes, for the urgent who wait and are not away', () => {
  const waiting = { status: 'waiting', urgency: 'urgent', queuedAt: AT, awayUntil: null } as const
  expect(tooLong(waiting, 60)).toBe(false)
  expect(tooLong(waiting, 60.01)).toBe(true)
  expect(tooLong({ ...waiting, urgency: 'very_urgent' }, 30.01)).toBe(true)
  expect(tooLong({ ...waiting, status: 'in_triage' }, 61)).toBe(true)
  expect(tooLong({ ...waiting, awayUntil: after(90) }, 61)).toBe(false)
  for (const status of ['called', 'on_hold', 'completed'] as const)
    expect(tooLong({ ...waiting, status }, 600)).toBe(false)
  for (const level of ['immediate', 'standard', 'non_urgent'] as const)
    expect(tooLong({ ...waiting, urgency: level }, 600)).toBe(false)
})

test('L2 a clinic says itself what is a long wait', () => {
  const waiting = { status: 'waiting', urgency: 'urgent', queuedAt: AT, awayUntil: null } as const
  const own = { ...usual, longWaitMinutes: { very_urgent: 10, urgent: 90 } }
  expect(tooLong(waiting, 61, own)).toBe(false)
  expect(tooLong(waiting, 90.01, own)).toBe(true)
  expect(tooLong({ ...waiting, urgency: 'very_urgent' }, 10.01, own)).toBe(true)
  expect(tooLongFrom(waiting, own)).toBe(after(90))
  expect(tooLongFrom({ ...waiting, urgency: 'standard' }, own)).toBeUndefined()
})
