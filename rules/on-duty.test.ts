import { describe, expect, test } from 'vitest'
import { MINUTE_MS } from './instants.ts'
import { type DutyQuestion, dutyOf, without } from './on-duty.ts'

const HOUR = 60 * MINUTE_MS
const sessions = [
  { from: 9 * HOUR, to: 13 * HOUR },
  { from: 14 * HOUR, to: 17 * HOUR },
]
const usual: DutyQuestion = {
  sessions,
  status: 'available',
  statusSinceMs: 8 * HOUR,
  expectedMs: null,
  withPatient: false,
  lastBeganMs: null,
}
/** From when they call, in hours. */
const from = (now: number, changes: Partial<DutyQuestion> = {}) => {
  const duty = dutyOf({ ...usual, ...changes }, now * HOUR)
  return duty && duty.fromMs / HOUR
}

describe('Q11 who is on duty', () => {
  test('Q11 a session begins with its schedule, unless the doctor has begun', () => {
    expect([from(8.5), from(10), from(8.5, { lastBeganMs: 8.25 * HOUR })]).toEqual([9, 10, 8.5])
  })

  test('Q11 between two sessions there is a break, unless they work through it', () => {
    expect([from(13.5), from(13.5, { lastBeganMs: 12 * HOUR })]).toEqual([14, 14])
    expect(from(13.5, { lastBeganMs: 13.2 * HOUR })).toBe(13.5)
  })

  test('Q11 after the last session they go on', () => {
    const duty = dutyOf({ ...usual, lastBeganMs: 16 * HOUR }, 18 * HOUR)
    expect(duty).toEqual({ fromMs: 18 * HOUR, breaks: [{ from: 13 * HOUR, to: 14 * HOUR }], endsMs: 17 * HOUR })
  })

  test('Q12 an announced late start or return', () => {
    expect(from(9.2, { expectedMs: 10 * HOUR })).toBe(10)
    expect(from(9.2, { status: 'off_duty', expectedMs: 10 * HOUR })).toBe(10)
    expect(from(9.2, { status: 'on_break', expectedMs: 10 * HOUR })).toBe(10)
    expect(from(9.2, { expectedMs: 9.1 * HOUR })).toBe(9.2)
    expect(from(9.2, { expectedMs: 10 * HOUR, withPatient: true })).toBe(9.2)
  })

  test('S1 a break that nobody has said the end of', () => {
    const onBreak = { status: 'on_break', statusSinceMs: 10 * HOUR, lastBeganMs: 9.5 * HOUR } as const
    expect([from(10.1, onBreak), from(11, onBreak)]).toEqual([10.25, 11 + 5 / 60])
    expect(from(13.5, { ...onBreak, statusSinceMs: 13 * HOUR })).toBe(14)
  })

  test('S1 off duty: with the next session, and not counted on within one', () => {
    expect([from(8, { status: 'off_duty' }), from(13.5, { status: 'off_duty' })]).toEqual([9, 14])
    expect([from(10, { status: 'off_duty' }), from(18, { status: 'off_duty' })]).toEqual([undefined, undefined])
  })

  test('S1 one who does not sign in is there by schedule, and for an hour after a consultation', () => {
    const silent = { status: null }
    expect([from(8, silent), from(10, silent), from(18, silent)]).toEqual([9, 10, undefined])
    expect([from(18, { ...silent, lastBeganMs: 17.5 * HOUR }), from(18, { ...silent, sessions: [] })]).toEqual([
      18,
      undefined,
    ])
  })

  test('A1 leave takes from the sessions', () => {
    const left = without(sessions, [
      { from: 10 * HOUR, to: 11 * HOUR },
      { from: 13 * HOUR, to: 18 * HOUR },
    ])
    expect(left).toEqual([
      { from: 9 * HOUR, to: 10 * HOUR },
      { from: 11 * HOUR, to: 13 * HOUR },
    ])
  })
})
