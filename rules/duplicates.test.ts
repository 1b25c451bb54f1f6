import { describe, expect, test } from 'vitest'
import { likelyDuplicate, type Person } from './duplicates.ts'

const person = (changes: Partial<Person> = {}): Person => ({
  name: 'Rahim Uddin',
  birthDate: '1984-03-07',
  birthDateEstimated: false,
  phones: [],
  identifiers: [],
  ...changes,
})
const reasons = (a: Partial<Person>, b: Partial<Person>) => likelyDuplicate(person(a), person(b))?.reasons
const score = (a: Partial<Person>, b: Partial<Person>) => likelyDuplicate(person(a), person(b))?.score ?? 0

const PHONE = { phones: ['01712 345678'] }
const SAME_PHONE = { phones: ['0199 999999', '+8801712345678'] }

describe('P3 likely duplicates', () => {
  test('P3 a close name with the same birth date', () => {
    expect(reasons({}, { name: 'UDDIN Raheem' })).toEqual(['name', 'birth_date'])
    expect(reasons({ ...PHONE }, { ...SAME_PHONE })).toEqual(['name', 'birth_date', 'phone'])
  })

  test('P3 a close name with the same phone, when the birth dates do not contradict', () => {
    expect(reasons({ ...PHONE }, { ...SAME_PHONE, name: 'Raheem Uddin', birthDate: null })).toEqual(['name', 'phone'])
    expect(reasons({ ...PHONE }, { ...SAME_PHONE, birthDate: '1984-07-03' })).toEqual(['name', 'phone'])
  })

  test('P3 a shared phone alone is no duplicate', () => {
    expect(reasons({ ...PHONE }, { ...SAME_PHONE, name: 'Salma Khatun', birthDate: null })).toBeUndefined()
    expect(reasons({ ...PHONE, name: '' }, { ...SAME_PHONE, name: '' })).toBeUndefined()
    expect(reasons({ ...PHONE, birthDate: '1984-03-07' }, { ...SAME_PHONE, name: 'Salma Khatun' })).toBeUndefined()
  })

  test('P3 clearly different birth dates speak against it: a father and his son', () => {
    expect(reasons({ ...PHONE }, { ...SAME_PHONE, birthDate: '2012-11-20' })).toBeUndefined()
    expect(reasons({}, { birthDate: '1996-03-07' })).toBeUndefined()
  })

  test('P3 the same name when a birth date is not known; a merely close one is not enough', () => {
    expect(reasons({}, { birthDate: null })).toEqual(['name'])
    expect(reasons({}, { birthDate: null, name: 'Raheem Uddin' })).toBeUndefined()
  })

  test('P3 a mistyped or estimated birth date does not speak against the same name', () => {
    for (const birthDate of ['1984-07-03', '1984-03-17', '1984-05-07', '1985-03-07']) {
      expect(reasons({}, { birthDate }), birthDate).toEqual(['name'])
    }
    expect(reasons({}, { birthDate: '1986-11-20', birthDateEstimated: true })).toEqual(['name'])
    expect(reasons({}, { birthDate: '1990-11-20', birthDateEstimated: true })).toBeUndefined()
    expect(reasons({ birthDateEstimated: true }, {})).toEqual(['name'])
  })

  test('P3 the same identifier, however it is written', () => {
    const card = { identifiers: ['BD-১২৩ 45'] }
    const sameCard = { identifiers: ['x', 'bd12345'] }
    expect(reasons(card, { ...sameCard, name: 'Salma Khatun', birthDate: '2000-01-01' })).toEqual(['identifier'])
    expect(reasons(card, sameCard)).toEqual(['name', 'birth_date', 'identifier'])
    expect(reasons({ identifiers: ['-'], name: 'A' }, { identifiers: [' '], name: 'B' })).toBeUndefined()
  })

  test('P3 more evidence is surer, and it does not matter who is compared with whom', () => {
    const weaker = score({}, { birthDate: null })
    const phone = score({ ...PHONE }, { ...SAME_PHONE, birthDate: null })
    const date = score({}, {})
    const both = score({ ...PHONE }, { ...SAME_PHONE })
    const card = score({ identifiers: ['BD1'] }, { identifiers: ['BD1'] })
    expect([weaker, phone, date, both, card]).toEqual([weaker, phone, date, both, card].sort((a, b) => a - b))
    expect(new Set([weaker, phone, date, both, card]).size).toBe(5)
    expect(score({}, { name: 'Raheem Uddin' })).toBe(score({ name: 'Raheem Uddin' }, {}))
    expect(score({}, { name: 'Raheem Uddin' })).toBeLessThan(date)
  })
})
