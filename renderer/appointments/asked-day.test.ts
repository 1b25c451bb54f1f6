import { expect, test } from 'vitest'
import { askedDay } from './asked-day.ts'

test('an address with a day that does not exist shows today', () => {
  expect(askedDay('2026-12-01', '2026-11-20')).toBe('2026-12-01')
  for (const asked of ['2026-99-99', '2026-02-30', '2025-02-29', '20261-1-1', 'tomorrow', ''])
    expect(askedDay(asked, '2026-11-20')).toBe('2026-11-20')
})
