import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatTicket, nextFreeLetter, parseTicket, TICKET_LETTERS } from './ticket.ts'

test('Q3 the letters are A to Z without I, O, Q, S, Z', () => {
  expect(TICKET_LETTERS).toHaveLength(21)
  expect(TICKET_LETTERS).not.toMatch(/[IOQSZ]/)
})

test('Q3 three digits from 001, four above 999', () => {
  expect([1, 14, 999, 1000, 9999].map((number) => formatTicket('A', number))).toEqual([
    'A001',
    'A014',
    'A999',
    'A1000',
    'A9999',
  ])
})

test('Q3 what is no ticket is refused', () => {
  for (const number of [0, -1, 1.5, 10_000, Number.NaN]) expect(() => formatTicket('A', number)).toThrow(RangeError)
  for (const letter of ['I', 'S', 'a', '', 'AB', '1']) expect(() => formatTicket(letter, 1)).toThrow(RangeError)
})

test('P2 a ticket is found as people type it', () => {
  for (const text of ['A014', 'a14', ' a 014 ', 'A-14', 'a0014', 'A١٤', 'a০১৪', 'A۱۴']) {
    expect(parseTicket(text), text).toEqual({ letter: 'A', number: 14 })
  }
})

test('P2 other text is no ticket', () => {
  for (const text of ['', 'A', '14', 'I014', 'A000', 'AB14', 'A00014', 'A14x', 'P-000001']) {
    expect(parseTicket(text), text).toBeUndefined()
  }
})

test('Q3 every ticket reads back', () => {
  fc.assert(
    fc.property(fc.constantFrom(...TICKET_LETTERS), fc.integer({ min: 1, max: 9999 }), (letter, number) => {
      expect(parseTicket(formatTicket(letter, number))).toEqual({ letter, number })
    }),
  )
})

test('Q3 the next free letter', () => {
  expect(nextFreeLetter([])).toBe('A')
  expect(nextFreeLetter(['A', 'B', 'D'])).toBe('C')
  expect(nextFreeLetter('ABCDEFGH')).toBe('J')
  expect(nextFreeLetter(TICKET_LETTERS)).toBeUndefined()
})
