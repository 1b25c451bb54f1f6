import type { Appointment } from '../../contract/appointments.ts'
import type { Clinic } from '../../contract/clinics.ts'
import type { Doctor } from '../../contract/doctors.ts'
import { Refusal } from '../../contract/errors.ts'
import type { RebookingProposal } from '../../contract/rebookings.ts'
import { addDays } from '../../rules/clinic-day.ts'
import { type Engagement, proposePlaces } from '../../rules/rebooking.ts'
import type { Slot } from '../../rules/slots.ts'
import { getRecord } from '../db/get.ts'
import { fromRows } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'
import { today } from '../visits/queries.ts'
import { slotsOf } from './slots.ts'

/** So many days with something free are offered, of those that lie so far ahead at most. */
const DAYS_OFFERED = 7
const FAR_DAYS = 28

type Question = { doctor: Doctor; toDoctorId: string; on: 'today' | 'next_days'; from?: string | undefined }

/** Q12: places for what is left of a doctor's day, and what else is free there. */
export function propose(sql: SqlReader, question: Question, now: string): RebookingProposal {
  const { doctor, on } = question
  const clinic = getRecord(sql, 'clinics', doctor.clinicId)
  const to = getRecord(sql, 'doctors', question.toDoctorId)
  if (to.clinicId !== clinic.id) throw new Refusal('not_found', { noun: 'doctors' })
  if (on === 'today' && to.id === doctor.id)
    throw new Refusal('bad_input', { fields: [{ field: 'toDoctorId', message: 'must be another doctor' }] })
  const displaced = remainingOf(sql, doctor, today(clinic, now), now)
  const slots = freeSlots(sql, { ...question, clinic, to }, [...new Set(displaced.map((one) => one.serviceId))], now)
  const rows = proposePlaces({
    displaced,
    slots,
    engagements: engagementsOf(sql, displaced),
    timeZone: clinic.timeZone,
    turnover: clinic.settings.dayTurnover,
  })
  return {
    rows: rows.map(({ id, slot }) => ({ appointmentId: id, slot: slot && bare(slot) })),
    slots: [...slots].map(([serviceId, items]) => ({ serviceId, items })),
  }
}

/** What is left of a doctor's day: booked, not here yet, and not over. */
export function remainingOf(sql: SqlReader, doctor: Doctor, day: string, now: string): Appointment[] {
  const rows = sql.all`
    select * from appointments where doctorId = ${doctor.id} and day = ${day} and endsAt > ${now}
    and status in ('booked', 'confirmed') order by startsAt, id`
  return fromRows('appointments', rows)
}

type Search = Omit<Question, 'doctor'> & { clinic: Clinic; to: Doctor }

/** By service, in order of time. */
function freeSlots(sql: SqlReader, search: Search, serviceIds: string[], now: string): Map<string, Slot[]> {
  const { clinic, to } = search
  const services = serviceIds.map((id) => getRecord(sql, 'services', id))
  const found = new Map<string, Slot[]>(serviceIds.map((id) => [id, []]))
  let daysFound = 0
  for (const day of daysOf(search, now)) {
    const onDay = services.map(({ id, minutes }) => {
      const slots = slotsOf(sql, { doctor: to, clinic, day, minutes, now }).filter((slot) => slot.free > 0)
      found.get(id)?.push(...slots)
      return slots.length
    })
    if (onDay.some((count) => count > 0)) daysFound += 1
    if (daysFound === DAYS_OFFERED) break
  }
  return found
}

function daysOf({ on, from, clinic }: Search, now: string): string[] {
  const day = today(clinic, now)
  if (on === 'today') return [day]
  const tomorrow = addDays(day, 1)
  const first = from && from > tomorrow ? from : tomorrow
  return Array.from({ length: FAR_DAYS }, (_, ahead) => addDays(first, ahead))
}

/** Everything that these patients are to come for from the first of them on, with whomever (A6). */
function engagementsOf(sql: SqlReader, displaced: readonly Appointment[]): Engagement[] {
  const patientIds = JSON.stringify([...new Set(displaced.map((one) => one.patientId))])
  return sql.all<Engagement>`
    select a.id, a.patientId, a.startsAt, a.endsAt from json_each(${patientIds}) p
    join appointments a on a.patientId = p.value
    where a.endsAt > ${displaced[0]?.startsAt ?? ''} and a.status in ('booked', 'confirmed', 'checked_in')`
}

const bare = ({ startsAt, endsAt }: Slot) => ({ startsAt, endsAt })
