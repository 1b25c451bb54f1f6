import type { Bed, BedStatus } from '../../contract/beds.ts'
import type { Clinic } from '../../contract/clinics.ts'
import type { Doctor } from '../../contract/doctors.ts'
import type { Room } from '../../contract/rooms.ts'
import type { Visit } from '../../contract/visits.ts'
import { clinicDay } from '../../rules/clinic-day.ts'
import { roomOfDoctor } from '../../rules/doctor-room.ts'
import { isOpen } from '../../rules/transitions.ts'
import type { Records } from '../live/store.ts'

export type PlanFilter = 'all' | 'withBeds' | Extract<BedStatus, 'free' | 'occupied' | 'cleaning'>

export type RoomOnPlan = {
  room: Room
  /** Who sits there now, also when they are out (S2). */
  doctors: readonly Doctor[]
  /** Who is called there, or inside. */
  visits: readonly Visit[]
  beds: readonly Bed[]
}

export type PlanNouns = Pick<Records, 'rooms' | 'beds' | 'doctors' | 'schedules' | 'visits'>

/** The rooms of a clinic by name, each with who is in it and its beds. */
export function planOf(nouns: PlanNouns, clinic: Clinic, now: number, filter: PlanFilter): RoomOnPlan[] {
  const iso = new Date(now).toISOString()
  const day = clinicDay(iso, clinic.timeZone, clinic.settings.dayTurnover)
  const roomOf = (doctor: Doctor) =>
    roomOfDoctor(doctor, nouns.schedules[doctor.id]?.sessions ?? [], { now: iso, day, timeZone: clinic.timeZone })
  const doctors = Map.groupBy(Object.values(nouns.doctors).filter(isHere(clinic)), roomOf)
  const inside = Object.values(nouns.visits).filter((visit) => visit.day === day && isInRoom(visit))
  const visits = Map.groupBy(inside, ({ roomId }) => roomId)
  const beds = Map.groupBy(Object.values(nouns.beds).filter(isHere(clinic)), ({ roomId }) => roomId)
  return Object.values(nouns.rooms)
    .filter(isHere(clinic))
    .sort((a, b) => byName(a.name, b.name))
    .map((room) => ({
      room,
      doctors: (doctors.get(room.id) ?? []).toSorted((a, b) => byName(a.displayName, b.displayName)),
      visits: (visits.get(room.id) ?? []).toSorted((a, b) => a.statusAt.localeCompare(b.statusAt)),
      beds: (beds.get(room.id) ?? []).filter(fits(filter)).sort((a, b) => byName(a.label, b.label)),
    }))
    .filter(({ beds }) => filter === 'all' || beds.length > 0)
}

/** How many beds of a clinic have each status. */
export function countBeds(beds: Records['beds'], clinicId: string): Record<BedStatus, number> {
  const counts = { free: 0, occupied: 0, cleaning: 0, out_of_service: 0 }
  for (const bed of Object.values(beds)) if (bed.clinicId === clinicId && bed.active) counts[bed.status] += 1
  return counts
}

/** Whether somebody's visit is over and the bed is not released yet. */
export const isLeftBehind = (bed: Bed, visit: Visit | undefined): boolean =>
  bed.status === 'occupied' && visit !== undefined && !isOpen(visit.status)

export type Candidate = { visit: Visit; bed: Bed | undefined }

/** Who may be put into a bed: everybody who is here; who has none first, the most urgent first. */
export function candidates({ visits, beds }: PlanNouns, clinicId: string, except: string): Candidate[] {
  const bedOf = new Map(Object.values(beds).flatMap((bed) => (bed.visitId ? [[bed.visitId, bed] as const] : [])))
  return Object.values(visits)
    .filter((visit) => visit.clinicId === clinicId && isOpen(visit.status) && bedOf.get(visit.id)?.id !== except)
    .map((visit) => ({ visit, bed: bedOf.get(visit.id) }))
    .sort((a, b) => rank(a) - rank(b) || a.visit.arrivedAt.localeCompare(b.visit.arrivedAt))
}

const LEVELS: readonly Visit['urgency'][] = ['immediate', 'very_urgent', 'urgent', 'standard', 'non_urgent']
const rank = ({ visit, bed }: Candidate) => LEVELS.indexOf(visit.urgency) + (bed ? LEVELS.length : 0)

const isHere =
  ({ id }: Clinic) =>
  (record: { clinicId: string; active: boolean }) =>
    record.clinicId === id && record.active

const isInRoom = ({ status }: Visit) => status === 'called' || status === 'in_consultation'

const fits = (filter: PlanFilter) => (bed: Bed) => filter === 'all' || filter === 'withBeds' || bed.status === filter

const byName = (a: string, b: string) => a.localeCompare(b, undefined, { numeric: true })
