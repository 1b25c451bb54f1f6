import type { DiagnosisTerm, Medicine } from '../../contract/short-lists.ts'
import { fromRows } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'

export function listMedicines(sql: SqlReader, clinicId: string): Medicine[] {
  return fromRows('medicines', sql.all`select * from medicines where clinicId = ${clinicId} order by name, dose`)
}

export function listTerms(sql: SqlReader, clinicId: string): DiagnosisTerm[] {
  return fromRows('diagnosisTerms', sql.all`select * from diagnosisTerms where clinicId = ${clinicId} order by text`)
}
