import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CLOSE_NAME } from './duplicates.ts'
import { nameDistance } from './name-distance.ts'

describe('P3 name distance', () => {
  test('P3 the same words in any order, with or without diacritics, are no distance', () => {
    expect(nameDistance('Rahim Uddin', 'UDDIN, Rahim')).toBe(0)
    expect(nameDistance('José Álvarez', 'alvarez jose')).toBe(0)
    expect(nameDistance('فاطمة أحمد', 'احمد فاطمه')).toBe(0)
    expect(nameDistance('মোঃ রহিম', 'রহিম মো')).toBe(0)
  })

  test('P3 spellings of one name are close', () => {
    const pairs = [
      ['Mohammed Rahim', 'Muhammad Rahim'],
      ['Fatema Begum', 'Fatima Begum'],
      ['Rahim Uddin', 'Md. Rahim Uddin'],
      ['Rahim', 'Rahim Uddin Ahmed'],
      ['Hosen', 'Hossain'],
      ['Chowdhury Anwar', 'Anwar Choudhury'],
      ['আক্তার বেগম', 'আকতার বেগম'],
    ] as const
    for (const [a, b] of pairs) {
      expect(nameDistance(a, b), `${a} / ${b}`).toBeLessThanOrEqual(CLOSE_NAME)
      expect(nameDistance(a, b), `${a} / ${b}`).toBeGreaterThan(0)
    }
  })

  test('P3 different names are not close, though they share letters or a family name', () => {
    const pairs = [
      ['Rahim Uddin', 'Karim Uddin'],
      ['Rahim', 'Karim'],
      ['Ali Hasan', 'Maria Gomez'],
      ['Rahim', 'رحيم'],
    ] as const
    for (const [a, b] of pairs) expect(nameDistance(a, b), `${a} / ${b}`).toBeGreaterThan(CLOSE_NAME)
    expect(nameDistance('Ali Hasan', 'Xu Wei')).toBe(1)
  })

  test('P3 no name is like no other', () => {
    expect(nameDistance('', '')).toBe(1)
    expect(nameDistance('', 'Rahim')).toBe(1)
  })

  test('P3 symmetric, between 0 and 1, blind to the order of words, 0 for itself', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abehimru'.split('')), minLength: 1, maxLength: 7 })
    const name = fc.array(word, { minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(name, name, (a, b) => {
        const distance = nameDistance(a.join(' '), b.join(' '))
        expect(distance).toBeGreaterThanOrEqual(0)
        expect(distance).toBeLessThanOrEqual(1)
        expect(nameDistance(b.join(' '), a.join(' '))).toBe(distance)
        expect(nameDistance([...a].reverse().join('-'), b.join(' '))).toBe(distance)
        expect(nameDistance(a.join(' '), a.join(' ').toUpperCase())).toBe(0)
      }),
      { numRuns: 500 },
    )
  })
})
