import type { Appointment } from '../../contract/appointments.ts'
import type { PhoneCall } from '../../contract/phone-calls.ts'
import { getOwnVersion, type Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { getRecord } from '../db/get.ts'
import { newId } from '../db/new-id.ts'
import { fromRow, fromRows } from '../db/records.ts'
import { today } from '../visits/queries.ts'

type Cause = Pick<PhoneCall, 'why' | 'causeId'>

/**
 * Q12: puts the patients of these appointments, given as they know them, on the list of those to phone. Who is on it
 * already stays there with what they were last told.
 */
export function askToPhone(w: W<Person>, known: readonly Appointment[], cause: Cause): PhoneCall[] {
  const calls = known.map((appointment) => untold(w, appointment.id) ?? newCall(w, appointment, cause))
  announce(w, calls)
  return calls
}

function untold(w: W, appointmentId: string): PhoneCall | undefined {
  const row = w.sql.get`
    select * from phoneCalls where appointmentId = ${appointmentId} and toldAt is null and withdrawn = 0`
  return row ? fromRow('phoneCalls', row) : undefined
}

function newCall(w: W, { id, clinicId, doctorId, startsAt }: Appointment, cause: Cause): PhoneCall {
  return w.insert('phoneCalls', {
    id: newId(),
    clinicId,
    appointmentId: id,
    day: today(getRecord(w.sql, 'clinics', clinicId), w.now),
    ...cause,
    doctorId,
    startsAt,
    withdrawn: false,
    toldAt: null,
    toldById: null,
    version: 1,
  })
}

/** The cause was taken back. Whose appointment has been moved meanwhile still has to hear of it. */
export function withdrawPhoneCalls(w: W, causeIds: readonly string[]): PhoneCall[] {
  const rows = w.sql.all`
    select * from phoneCalls where causeId in (select value from json_each(${JSON.stringify(causeIds)}))
    and toldAt is null and withdrawn = 0`
  const asKnown = fromRows('phoneCalls', rows).filter((call) => {
    const now = getRecord(w.sql, 'appointments', call.appointmentId)
    return now.startsAt === call.startsAt && now.doctorId === call.doctorId
  })
  const calls = asKnown.map((call) => w.update('phoneCalls', { ...call, withdrawn: true, version: call.version + 1 }))
  announce(w, calls)
  return calls
}

/** Who told them, and when; two people can share the list. */
export function tell(w: W<Person>, id: string, { version, told }: { version: number; told: boolean }): PhoneCall {
  const current = getOwnVersion(w, 'phoneCalls', id, version)
  const tick = told ? { toldAt: w.now, toldById: w.actor.userId } : { toldAt: null, toldById: null }
  const call = w.update('phoneCalls', { ...current, ...tick, version: version + 1 })
  announce(w, [call])
  return call
}

function announce(w: W, phoneCalls: PhoneCall[]): void {
  const clinicIds = [...new Set(phoneCalls.map((call) => call.clinicId))]
  if (clinicIds.length > 0) w.record('phone_call_updated', { clinicIds }, { phoneCalls })
}
