import { expect, test } from 'vitest'
import type { Patient } from '../../contract/patients.ts'
import { isScoredForAnother } from './scored-for.ts'

const born = (birthDate: string | null) => ({ birthDate, birthDateEstimated: false }) as Patient
const record = (ageMonths: number | null) => ({ ageMonths, takenAt: '2026-03-09T20:30:00.000Z' })

test('Q9 T3 a set that was scored for another age than the patient’s is told apart', () => {
  expect(isScoredForAnother(record(504), born('1984-03-07'))).toBe(false)
  expect(isScoredForAnother(record(504), born('1984-03-10'))).toBe(false)
  expect(isScoredForAnother(record(36), born('1984-03-07'))).toBe(true)
  expect(isScoredForAnother(record(null), born('1984-03-07'))).toBe(true)
  expect(isScoredForAnother(record(null), born(null))).toBe(false)
  expect(isScoredForAnother(record(504), undefined)).toBe(false)
})
