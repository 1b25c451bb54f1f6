import type { Appointment } from '../../contract/appointments.ts'
import type { PhoneCall } from '../../contract/phone-calls.ts'

/** What there is to tell: another time or doctor, none yet, or that it is cancelled or over. */
export function newTime(
  call: Pick<PhoneCall, 'startsAt' | 'doctorId'>,
  { status, startsAt, doctorId }: Pick<Appointment, 'status' | 'startsAt' | 'doctorId'>,
): 'moved' | 'none' | 'over' {
  if (status !== 'booked' && status !== 'confirmed') return 'over'
  return startsAt === call.startsAt && doctorId === call.doctorId ? 'none' : 'moved'
}
