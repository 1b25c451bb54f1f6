import type { Patient } from '../../contract/patients.ts'
import type { TriageRecord } from '../../contract/triage.ts'
import { ageMonthsAt } from '../../rules/risk-age.ts'

/**
 * Q9, T3: a set keeps the age that it was scored with. Whether that is not the patient's: the visit was somebody else's
 * when it was taken, or the birth date was put right since.
 */
export function isScoredForAnother(
  record: Pick<TriageRecord, 'ageMonths' | 'takenAt'>,
  patient: Patient | undefined,
): boolean {
  if (!patient) return false
  const age = ageMonthsAt(patient, record.takenAt.slice(0, 10))
  if (age === null || record.ageMonths === null) return age !== record.ageMonths
  // The clinic day may be another than that of UTC.
  return Math.abs(age - record.ageMonths) > 1
}
