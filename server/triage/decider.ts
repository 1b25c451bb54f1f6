import { Refusal } from '../../contract/errors.ts'
import type { Vitals } from '../../contract/triage.ts'
import { isClinicianOf } from '../auth/person.ts'
import type { SqlReader } from '../db/sql.ts'

type Decided = { vitals: Pick<Vitals, 'spo2Scale'>; scaleDecidedById: string | null }

/** T2: SpO2 scale 2 is a clinician's recorded decision: one of this clinic, by name. */
export function demandDecider({ sql }: { sql: SqlReader }, clinicId: string, decided: Decided): void {
  if (decided.vitals.spo2Scale === 1) return
  if (decided.scaleDecidedById && isClinicianOf(sql, clinicId, decided.scaleDecidedById)) return
  const message = 'must name the clinician who decided on scale 2'
  throw new Refusal('bad_input', { fields: [{ field: 'scaleDecidedById', message }] })
}
