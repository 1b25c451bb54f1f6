import { beforeAll, expect, test } from 'vitest'
import type { VisitStatus } from '../../contract/visits.ts'
import { startTranslations } from '../ui/i18n.ts'
import { waitWords } from './wait-words.ts'

beforeAll(startTranslations)

const told = (p50Minutes: number | null, p80Minutes: number | null, delayed = false) => ({
  p50Minutes,
  p80Minutes,
  delayed,
})
const words = (wait: ReturnType<typeof told> | undefined, status: VisitStatus = 'waiting') =>
  waitWords({ status, urgency: 'standard' }, wait)

test('Q11 a range, and less where there is none', () => {
  expect(words(told(10, 20))).toBe('called in about 10–20 min')
  expect(words(told(15, 15))).toBe('called in about 15 min')
  expect(words(told(0, 5))).toBe('called within 5 min')
  expect(words(told(0, 0))).toBe('called any moment')
})

test('Q11 delayed says only that', () => {
  expect(words(told(10, 20, true))).toMatch(/^delayed/)
})

test('Q11 nothing for who is not in the line, has no estimate, or is immediate', () => {
  expect(words(told(10, 20), 'called')).toBeUndefined()
  expect(words(told(null, null))).toBeUndefined()
  expect(words(undefined)).toBeUndefined()
  expect(waitWords({ status: 'waiting', urgency: 'immediate' }, told(10, 20))).toBeUndefined()
  expect(words(told(10, 20), 'in_triage')).toBeDefined()
})
