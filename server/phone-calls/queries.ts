import type { Clinic } from '../../contract/clinics.ts'
import type { PhoneCall } from '../../contract/phone-calls.ts'
import { dayBounds } from '../../rules/clinic-day.ts'
import { fromRows } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'
import { today } from '../visits/queries.ts'

/** Q12: the calls of today, and the older ones that are not made yet and still matter, by the time the patient knows. */
export function phoneListOf(sql: SqlReader, clinic: Clinic, now: string): PhoneCall[] {
  const day = today(clinic, now)
  const { from } = dayBounds(day, clinic.timeZone, clinic.settings.dayTurnover)
  const rows = sql.all`
    select * from phoneCalls where clinicId = ${clinic.id} and day = ${day} and withdrawn = 0
    union select c.* from phoneCalls c join appointments a on a.id = c.appointmentId
      where c.clinicId = ${clinic.id} and c.toldAt is null and c.withdrawn = 0
      and (c.startsAt >= ${from} or a.startsAt >= ${from})
    order by startsAt, id`
  return fromRows('phoneCalls', rows)
}
