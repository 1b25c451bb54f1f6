import type { Changes } from '../../contract/feed.ts'
import type { Patient } from '../../contract/patients.ts'
import { mayDo } from '../../contract/permissions.ts'
import { alertsOnScreen } from '../alerts/queries.ts'
import type { Person } from '../auth/person.ts'
import { listBeds } from '../beds/queries.ts'
import { awaitedOrders } from '../consultations/queries.ts'
import { getRecord } from '../db/get.ts'
import { fromRow, fromRows } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'
import { openFollowUps } from '../follow-ups/queries.ts'
import { patientsOf, preferencesOf, unreadOf } from '../notifications/queries.ts'
import { phoneListOf } from '../phone-calls/queries.ts'
import { listMedicines, listTerms } from '../short-lists/queries.ts'
import { listStaff } from '../staff/queries.ts'
import { today } from '../visits/queries.ts'
import { keptWaits } from '../waits/queries.ts'

/** All that a console shows of today in one clinic; what is clinical only to those who may see it. */
export function snapshotOf(
  sql: SqlReader,
  clinicId: string,
  person: Person,
  now: string,
): { day: string; data: Changes } {
  const clinic = getRecord(sql, 'clinics', clinicId)
  const day = today(clinic, now)
  const visits = fromRows(
    'visits',
    sql.all`select * from visits where clinicId = ${clinicId} and day = ${day}
      union select * from visits where clinicId = ${clinicId} and day < ${day}
        and status not in ('completed', 'left', 'cancelled', 'no_show')
      union select v.* from beds b join visits v on v.id = b.visitId where b.clinicId = ${clinicId}`,
  )
  const appointments = fromRows(
    'appointments',
    sql.all`select * from appointments where clinicId = ${clinicId} and day = ${day}`,
  )
  const visitIds = JSON.stringify(visits.map((visit) => visit.id))
  const appointmentIds = JSON.stringify(appointments.map((appointment) => appointment.id))
  const patientIds = JSON.stringify([
    ...new Set([...visits, ...appointments].map((one) => one.patientId).filter(Boolean)),
  ])
  const notifications = unreadOf(sql, person.userId)
  const shown = fromRows(
    'patients',
    sql.all`select p.* from json_each(${patientIds}) i join patients p on p.id = i.value`,
  )
  const data: Changes = {
    ...ground(sql, clinicId, person, day, now),
    ...listStaff(sql, clinicId),
    visits,
    ...keptWaits(sql, { clinicId, day }),
    appointments,
    phoneCalls: phoneListOf(sql, clinic, now),
    followUps: openFollowUps(sql, clinicId),
    patients: [...shown, ...others(shown, patientsOf(sql, person, notifications))],
    charges: fromRows(
      'charges',
      sql.all`select c.* from json_each(${visitIds}) i join charges c on c.visitId = i.value`,
    ),
    payments: fromRows(
      'payments',
      // With the deposits of those who are still to come.
      sql.all`select p.* from json_each(${visitIds}) i join payments p on p.visitId = i.value
        union select p.* from json_each(${appointmentIds}) i join payments p on p.appointmentId = i.value`,
    ),
    ...alertsOnScreen(
      sql,
      person,
      clinicId,
      visits.map((visit) => visit.id),
    ),
    // S3: whichever clinic the page is in, so that the count is the same on every screen of a person.
    notifications,
    notificationPreferences: [preferencesOf(sql, person.userId)],
  }
  if (person.clinical) {
    // What the doctor still waits for, of any day; the rest of a record is opened (P5).
    if (person.doctorId) data.orders = awaitedOrders(sql, person.doctorId, clinicId)
  }
  return { day, data }
}

function others(shown: readonly Patient[], more: readonly Patient[]): Patient[] {
  const there = new Set(shown.map((patient) => patient.id))
  return more.filter((patient) => !there.has(patient.id))
}

/** What changes seldom: the clinic, its doctors and their hours, pools, services, rooms. */
function ground(sql: SqlReader, clinicId: string, person: Person, day: string, now: string): Changes {
  const mine = JSON.stringify(person.clinicIds)
  return {
    clinics: sql.all`select c.* from json_each(${mine}) i join clinics c on c.id = i.value`.map((row) =>
      fromRow('clinics', row),
    ),
    closures: fromRows(
      'closures',
      sql.all`select * from closures where clinicId = ${clinicId} and withdrawn = 0 and "to" >= ${day}`,
    ),
    pools: fromRows('pools', sql.all`select * from pools where clinicId = ${clinicId}`),
    doctors: fromRows('doctors', sql.all`select * from doctors where clinicId = ${clinicId}`),
    schedules: fromRows(
      'schedules',
      sql.all`select s.* from schedules s join doctors d on d.id = s.id where d.clinicId = ${clinicId}`,
    ),
    leaves: fromRows(
      'leaves',
      sql.all`select l.* from leaves l join doctors d on d.id = l.doctorId where d.clinicId = ${clinicId} and l."to" > ${now}`,
    ),
    services: fromRows('services', sql.all`select * from services where clinicId = ${clinicId}`),
    rooms: fromRows('rooms', sql.all`select * from rooms where clinicId = ${clinicId}`),
    beds: listBeds(sql, clinicId),
    rulePackChoices: fromRows('rulePackChoices', sql.all`select * from rulePackChoices where id = ${clinicId}`),
    boards: fromRows('boards', sql.all`select * from boards where id = ${clinicId}`),
    medicines: listMedicines(sql, clinicId),
    diagnosisTerms: listTerms(sql, clinicId),
    ...(mayDo(person.roles, 'device.manage') ? { devices: fromRows('devices', sql.all`select * from devices`) } : {}),
  }
}
