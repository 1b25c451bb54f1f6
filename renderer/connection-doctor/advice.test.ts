import { expect, test } from 'vitest'
import { type CheckStep, checkStep } from '../../contract/network-check.ts'
import en from '../../resources/translations/en.json' with { type: 'json' }
import { ADVICE, firstWorth } from './advice.ts'

const { advice, why, step } = en.doctorCheck

const found = (name: CheckStep['name'], outcome: CheckStep['outcome']): CheckStep => ({
  name,
  outcome,
  why: 'fine',
  facts: {},
})

test('whatever can be wrong has words, and something that can be done about it', () => {
  for (const each of checkStep.shape.why.options) {
    expect(why, each).toHaveProperty(each)
    if (each !== 'fine' && each !== 'not_reached') expect(ADVICE[each].length, each).toBeGreaterThan(0)
    for (const todo of ADVICE[each]) expect(advice, each).toHaveProperty(todo)
  }
  for (const name of checkStep.shape.name.options) expect(step).toHaveProperty(name)
})

test('no advice has words that nobody gives', () => {
  const given = new Set<string>(Object.values(ADVICE).flat())
  expect(Object.keys(advice).filter((key) => !given.has(key))).toEqual([])
})

test('the first failure is opened, before any warning', () => {
  const steps = [
    found('card', 'passed'),
    found('mdns', 'warned'),
    found('reachable', 'failed'),
    found('version', 'failed'),
  ]
  expect(firstWorth(steps)?.name).toBe('reachable')
  expect(firstWorth(steps.slice(0, 2))?.name).toBe('mdns')
  expect(firstWorth(steps.slice(0, 1))).toBeUndefined()
})
