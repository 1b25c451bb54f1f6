import { describe, expect, it } from 'vitest'
import { dayFrom } from './typed-day.ts'
import { timeFrom } from './typed-time.ts'

describe('what people type', () => {
  it('is a time in any of the usual ways (U5)', () => {
    for (const typed of ['9', '09', '9:00', '0900', '9.00', '900', '٩:٠٠']) expect(timeFrom(typed)).toBe('09:00')
    expect(timeFrom('14:30')).toBe('14:30')
    for (const typed of ['', '24', '9:60', '12345', 'noon']) expect(timeFrom(typed)).toBeUndefined()
  })

  it('is a day that exists, or none', () => {
    for (const typed of ['7-3-1984', '07/03/1984', '7-Mar-1984', '1984-03-07'])
      expect(dayFrom(typed)).toBe('1984-03-07')
    for (const typed of ['', '31-02-2026', '7-3', 'yesterday']) expect(dayFrom(typed)).toBeUndefined()
  })
})
