import type { Clinic } from '../../contract/clinics.ts'
import type { Doctor } from '../../contract/doctors.ts'
import { addDays, dayBounds, zonedInstant } from '../../rules/clinic-day.ts'
import { availableSlots, type Slot } from '../../rules/slots.ts'
import { getRecord } from '../db/get.ts'
import { fromRows } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'

type Question = {
  doctor: Doctor
  clinic: Clinic
  day: string
  minutes: number
  now: string
  except?: string | undefined
}

/** A1: the slots of a doctor's clinic day, full ones with `free` 0. `except` leaves out the appointment that is being moved. */
export function slotsOf(sql: SqlReader, { doctor, clinic, day, minutes, now, except }: Question): Slot[] {
  if (!doctor.active) return []
  const { timeZone, settings } = clinic
  // The clinic day ends on the next calendar day, and its last slot may go on past that one's midnight.
  const to = zonedInstant(addDays(day, 3), '00:00', timeZone)
  const from = zonedInstant(addDays(day, -1), '00:00', timeZone)
  const booked = sql.all<{ id: string; startsAt: string; endsAt: string }>`
    select id, startsAt, endsAt from appointments
    where doctorId = ${doctor.id} and day between ${addDays(day, -1)} and ${addDays(day, 1)} and status not in ('cancelled', 'no_show')`
  const leaves = fromRows(
    'leaves',
    sql.all`select * from leaves where doctorId = ${doctor.id} and "to" > ${from} and "from" < ${to} and "to" > "from"`,
  )
  const closures = fromRows(
    'closures',
    sql.all`select * from closures where clinicId = ${clinic.id} and withdrawn = 0 and "to" >= ${addDays(day, -1)} and "from" <= ${addDays(day, 1)}`,
  )
  return availableSlots({
    day,
    timeZone,
    turnover: settings.dayTurnover,
    sessions: getRecord(sql, 'schedules', doctor.id).sessions,
    leaves,
    closures: closures.map((closure) => ({
      from: dayBounds(closure.from, timeZone, settings.dayTurnover).from,
      to: dayBounds(closure.to, timeZone, settings.dayTurnover).to,
    })),
    serviceMinutes: minutes,
    capacity: settings.slotCapacity,
    booked: booked.filter((one) => one.id !== except),
    now,
  })
}
