import type { Appointment, AppointmentStatus } from '../../contract/appointments.ts'
import { clinicDay } from '../../rules/clinic-day.ts'
import { getRecord } from '../db/get.ts'
import { paged } from '../db/paging.ts'
import { fromRows } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'

type Filter = {
  clinicId: string
  date?: string | undefined
  doctorId?: string | undefined
  patientId?: string | undefined
  status?: AppointmentStatus | undefined
  limit: number
  cursor?: string | undefined
}

/** The appointments of a day, or all of a patient, in order of time. */
export function listAppointments(sql: SqlReader, filter: Filter, now: string) {
  const { clinicId, doctorId = null, patientId = null, status = null, limit, cursor = '' } = filter
  const clinic = getRecord(sql, 'clinics', clinicId)
  const day = filter.date ?? clinicDay(now, clinic.timeZone, clinic.settings.dayTurnover)
  const rows =
    patientId !== null && filter.date === undefined
      ? sql.all`
        select * from appointments where patientId = ${patientId} and clinicId = ${clinicId}
        and (${status} is null or status = ${status}) and startsAt || id > ${cursor}
        order by startsAt, id limit ${limit + 1}`
      : sql.all`
        select * from appointments where clinicId = ${clinicId} and day = ${day}
        and (${doctorId} is null or doctorId = ${doctorId}) and (${patientId} is null or patientId = ${patientId})
        and (${status} is null or status = ${status}) and startsAt || id > ${cursor}
        order by startsAt, id limit ${limit + 1}`
  return paged(fromRows('appointments', rows), limit, (one: Appointment) => one.startsAt + one.id)
}
