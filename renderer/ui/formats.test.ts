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

  it('shows the sign where the language puts it', () => {
    expect(dhaka.signedMoney(-50_000)).toBe('−৳500.00')
    expect(dhaka.signedMoney(50_000)).toBe('+৳500.00')
    // Beside the digits, also where the text runs from right to left.
    expect(formatsFor('ar', 'Asia/Dhaka', 'BDT').signedMoney(-50_000)).toMatch(/\u200e−500\.00/)
  })

  it('writes the digits 0 to 9 in every language (U5)', () => {
    for (const language of ['ar', 'bn']) {
      const { dateAndTime, money } = formatsFor(language, 'Asia/Dhaka', 'BDT')
      expect(dateAndTime('2026-11-20T08:05:00.000Z')).toMatch(/^20-.+-2026 14:05$/)
      expect(money(123_450)).toContain('1,234.50')
    }
  })

  it('reads an amount back exactly, and refuses what is none', () => {
    expect(dhaka.parseMoney('1,200.50')).toBe(120_050)
    expect(dhaka.parseMoney('0.29')).toBe(29)
    expect(dhaka.parseMoney('0.295')).toBeUndefined()
    expect(dhaka.parseMoney('-5')).toBeUndefined()
    expect(dhaka.parseMoney('')).toBeUndefined()
  })

  it('reads an amount by the sign of its language, and in its digits', () => {
    const [berlin, arabic] = [formatsFor('de', 'Europe/Berlin', 'EUR'), formatsFor('ar', 'Asia/Dhaka', 'BDT')]
    expect([berlin.plainMoney(600), berlin.parseMoney('6,00'), berlin.parseMoney('6.00')]).toEqual([
      '6,00',
      600,
      undefined,
    ])
    expect(dhaka.parseMoney('6,00')).toBeUndefined()
    expect([dhaka.parseMoney('৬.৫'), arabic.parseMoney('٦٫٥')]).toEqual([650, 650])
    expect(formatsFor('de', 'Asia/Tokyo', 'JPY').parseMoney('6.000')).toBe(6000)
  })
})
