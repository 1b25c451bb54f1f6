import { expect, test } from 'vitest'
import { formatsFor } from '../ui/formats.ts'
import { whenTaken } from './when-taken.ts'

test('T3 what was taken today says its time, what was taken on another day its day too, by the clinic’s clock', () => {
  const format = formatsFor('en', 'Asia/Dhaka', 'BDT')
  const now = Date.parse('2026-03-09T03:00:00.000Z')
  const at = (takenAt: string) => whenTaken({ takenAt }, now, format)
  expect(at('2026-03-09T02:41:00.000Z')).toBe('08:41')
  expect(at('2026-03-08T18:00:00.000Z')).toBe('00:00')
  expect(at('2026-03-08T17:59:00.000Z')).toBe('08-Mar-2026 23:59')
  expect(at('2025-03-09T02:41:00.000Z')).toBe('09-Mar-2025 08:41')
})
