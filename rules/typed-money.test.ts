import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readMoney } from './typed-money.ts'

const point = (text: string, decimals = 2) => readMoney(text, { decimal: '.', decimals })
const comma = (text: string, decimals = 2) => readMoney(text, { decimal: ',', decimals })

describe('an amount as it is typed', () => {
  test('is read by the decimal sign of the language', () => {
    expect(['6', '6.5', '6.00', ' 0.29 ', '1200.50'].map((text) => point(text))).toEqual([600, 650, 600, 29, 120_050])
    expect(['6', '6,5', '6,00', '1200,50'].map((text) => comma(text))).toEqual([600, 650, 600, 120_050])
    expect([point('1.500', 3), point('500', 0), point('500.00', 0)]).toEqual([1500, 500, 500])
  })

  test('may have its thousands apart, as they are there', () => {
    for (const text of ['1,234,567.50', '12,34,567.50', '1 234 567.50', '1\u202f234\u202f567.50', "1'234'567.50"])
      expect(point(text), text).toBe(123_456_750)
    expect(comma('1.234.567,50')).toBe(123_456_750)
    expect(point('6,000')).toBe(600_000)
    expect(comma('6.000')).toBe(600_000)
  })

  test('that could be two amounts is none', () => {
    for (const text of ['6,00', '6,0', '60,00', '6.000', '1,23,4', '1234,567', '12,34', '1,2345', '1,234,56', '6 00'])
      expect(point(text), text).toBeUndefined()
    for (const text of ['6.00', '6,000', '60.5']) expect(comma(text), text).toBeUndefined()
  })

  test('that is none is none', () => {
    for (const text of [
      '',
      ' ',
      '-5',
      '5-',
      'x',
      '6.',
      '.5',
      '1.2.3',
      ',',
      ',5',
      '1,,000',
      '0.295',
      '1e3',
      '9'.repeat(30),
    ])
      expect(point(text), text).toBeUndefined()
  })

  test('in Bengali and Arabic digits too (U5)', () => {
    expect([point('৬০০'), point('৬.৫০'), point('١٬٢٠٠٫٥٠'), point('٦٫٥'), point('۱۲۰')]).toEqual([
      60_000, 650, 120_050, 650, 12_000,
    ])
    expect([point('৬,০০'), point('٦،٠٠')]).toEqual([undefined, undefined])
  })

  test('what is written is read back', () => {
    const languages = ['en', 'bn-u-nu-latn', 'ar-u-nu-latn', 'bn', 'ar-EG', 'en-IN', 'de', 'fr', 'de-CH']
    fc.assert(
      fc.property(fc.nat(10 ** 12), fc.constantFrom(...languages), (minor, language) => {
        const numbers = new Intl.NumberFormat(language, { minimumFractionDigits: 2 })
        const sign = numbers.formatToParts(1.5).find(({ type }) => type === 'decimal')?.value
        const decimal = sign === ',' ? ',' : '.'
        expect(readMoney(numbers.format(minor / 100), { decimal, decimals: 2 })).toBe(minor)
      }),
    )
  })
})
