import { describe, expect, it } from 'vitest'
import { formatsFor } from './formats.ts'

const dhaka = formatsFor('en', 'Asia/Dhaka', 'BDT')

describe('formatsFor', () => {
  it('shows the clinic’s own time and day, 24 hours, dd-MMM-yyyy (U5)', () => {
    expect(dhaka.time('2026-11-20T18:05:00.000Z')).toBe('00:05')
    expect(dhaka.dateAndTime('2026-09-20T18:05:00.000Z')).toBe('21-Sep-2026 00:05')
    expect(dhaka.day('1984-03-07')).toBe('07-Mar-1984')
    expect(dhaka.shortDay('1984-03-07')).toBe('07-Mar')
  })

  it('shows minor units in the clinic’s currency, whatever its decimals', () => {
    expect(dhaka.money(50_000)).toBe('৳500.00')
    expect(formatsFor('en', 'Asia/Tokyo', 'JPY').money(500)).toBe('¥500')
    expect(formatsFor('en', 'Asia/Kuwait', 'KWD').plainMoney(1500)).toBe('1.500')
  })

  it('reads an amount back exactly, and refuses what is none', () => {
    expect(dhaka.parseMoney('1,200.50')).toBe(120_050)
    expect(dhaka.parseMoney('0.29')).toBe(29)
    expect(dhaka.parseMoney('0.295')).toBeUndefined()
    expect(dhaka.parseMoney('-5')).toBeUndefined()
    expect(dhaka.parseMoney('')).toBeUndefined()
  })
})
