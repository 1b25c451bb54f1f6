import type { Doctor } from '../../contract/doctors.ts'
import type { Room } from '../../contract/rooms.ts'
import { roomOfDoctor } from '../../rules/doctor-room.ts'
import { useClinic, useToday } from '../live/clinic.ts'
import { useMinute } from '../live/clock.ts'
import { useRecord } from '../live/store.ts'

/** S2: where a doctor sits now. */
export function useDoctorRoom(doctor: Doctor | undefined): Room | undefined {
  const clinic = useClinic()
  const day = useToday()
  const minute = useMinute()
  const sessions = useRecord('schedules', doctor?.id)?.sessions ?? []
  const now = new Date(minute).toISOString()
  return useRecord('rooms', doctor && clinic && roomOfDoctor(doctor, sessions, { now, day, timeZone: clinic.timeZone }))
}
