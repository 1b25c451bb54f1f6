import { describe, expect, test } from 'vitest'
import type { Urgency } from '../contract/visits.ts'
import { highestLevel, levelObstacle, lowers, raisedLevel } from './triage-level.ts'

const levels = ['immediate', 'very_urgent', 'urgent', 'standard', 'non_urgent'] as const
const rank = (level: Urgency) => levels.indexOf(level)
const nurse = { isClinician: true, reason: null }
const desk = { isClinician: false, reason: 'looks well' }

test('T1 rules only raise: of what is and what they ask for, the higher', () => {
  for (const present of levels)
    for (const asked of levels) expect(raisedLevel(present, asked)).toBe(levels[Math.min(rank(present), rank(asked))])
  for (const present of levels) expect(raisedLevel(present, null)).toBe(present)
})

test('T1 the highest of several, none of none', () => {
  expect(highestLevel(['standard', null, 'urgent', 'non_urgent'])).toBe('urgent')
  expect(highestLevel([null, null])).toBeNull()
  expect(highestLevel([])).toBeNull()
})

describe('T1 lowering needs a named clinician and a reason', () => {
  test('T1 every pair of levels: the same or higher is free, lower is not', () => {
    for (const present of levels)
      for (const chosen of levels) {
        const choice = { present, triaged: true, asked: null, chosen }
        const lower = rank(chosen) > rank(present)
        expect(lowers(choice)).toBe(lower)
        expect(levelObstacle(choice, nurse)).toBe(lower ? 'needs_reason' : undefined)
        expect(levelObstacle(choice, { isClinician: true, reason: ' \t' })).toBe(lower ? 'needs_reason' : undefined)
        expect(levelObstacle(choice, { isClinician: true, reason: 'seen by me' })).toBeUndefined()
        expect(levelObstacle(choice, desk)).toBe(lower ? 'needs_clinician' : undefined)
      }
  })

  test('T1 below what the rules ask for is lowering too, also when the visit never had it', () => {
    const choice = { present: 'standard', triaged: false, asked: 'very_urgent', chosen: 'urgent' } as const
    expect(levelObstacle(choice, nurse)).toBe('needs_reason')
    expect(levelObstacle({ ...choice, chosen: 'very_urgent' }, nurse)).toBeUndefined()
  })

  test('T1, Q5 the standard of an untriaged patient is nobody’s decision; what reception raised is', () => {
    const first = { present: 'standard', triaged: false, asked: null, chosen: 'non_urgent' } as const
    expect(lowers(first)).toBe(false)
    expect(lowers({ ...first, triaged: true })).toBe(true)
    expect(lowers({ ...first, present: 'urgent', chosen: 'standard' })).toBe(true)
  })
})
