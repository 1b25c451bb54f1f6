import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import type { ClinicSettings } from '../../contract/clinics.ts'
import type { Doctor } from '../../contract/doctors.ts'
import type { Patient } from '../../contract/patients.ts'
import type { Role } from '../../contract/permissions.ts'
import type { Service } from '../../contract/services.ts'
import type { Visit } from '../../contract/visits.ts'
import { createHub, type Hub, type HubOptions } from '../../server/hub.ts'
import { type ApiClient, apiClient, type SignedInClient, signIn } from './api-client.ts'

export const PASSWORD = 'correct horse'
/** A Monday, 09:00 in Dhaka. */
export const MORNING = Date.parse('2026-03-09T03:00:00.000Z')

/** A clock that a test moves. */
export type TestClock = { now(): number; iso(): string; pass(minutes: number): void; set(ms: number): void }

export function testClock(start = MORNING): TestClock {
  let at = start
  return {
    now: () => at,
    iso: () => new Date(at).toISOString(),
    pass: (minutes) => {
      at += minutes * 60_000
    },
    set: (ms) => {
      at = ms
    },
  }
}

export type TestClinic = {
  hub: Hub
  clock: TestClock
  dataDir: string
  clinicId: string
  /** Clients by role; each is a user of that role alone, `doctor` is the first doctor. */
  as: Record<Role, ApiClient>
  people: Record<Role, SignedInClient>
  doctor: Doctor
  /** A second doctor, without a user who is signed in. */
  otherDoctor: Doctor
  poolId: string
  service: Service
  roomId: string
  aPatient(fields?: Partial<Patient>): Promise<Patient>
  /** A walk-in of a new patient to the first doctor, or wherever is said. */
  aVisit(fields?: Partial<Pick<Visit, 'doctorId' | 'poolId' | 'serviceId' | 'patientId'>>): Promise<Visit>
  /** Stops the hub and starts it again on the same folder; sessions go on. */
  restart(): Promise<void>
  close(): Promise<void>
}

const roles = ['administrator', 'receptionist', 'nurse', 'doctor', 'cashier'] as const

/** A real hub on a real file with a small clinic, made through the API. */
export async function aClinic(
  options: { settings?: Partial<ClinicSettings>; hub?: Partial<HubOptions>; clock?: TestClock } = {},
): Promise<TestClinic> {
  const clock = options.clock ?? testClock()
  const dataDir = mkdtempSync(join(tmpdir(), 'anteroom-test-'))
  const start = () => createHub({ dataDir, port: 0, clock: clock.now, pagesDir: null, ...options.hub })
  let hub = await start()
  const clinicId = uuidv7()
  await apiClient(hub.url).setup.begin({
    body: {
      clinic: { id: clinicId, name: 'Anteroom Test', timeZone: 'Asia/Dhaka', currency: 'BDT', language: 'en' },
      administrator: { id: uuidv7(), username: 'administrator', displayName: 'Ada Min', password: PASSWORD },
    },
  })
  const admin = await signIn(hub.url, 'administrator', PASSWORD)
  const made = await furnish(admin.api, clinicId, options.settings ?? {})
  const people = await signInAll(hub.url)

  const clinic: TestClinic = {
    hub,
    clock,
    dataDir,
    clinicId,
    people,
    as: clientsOf(people),
    ...made,
    aPatient: (fields = {}) => aPatient(clinic, fields),
    aVisit: async (fields = {}) => {
      const patientId = fields.patientId ?? (await clinic.aPatient()).id
      const place = fields.poolId ? { poolId: fields.poolId } : { doctorId: fields.doctorId ?? made.doctor.id }
      const serviceId = fields.serviceId ?? null
      const body = { id: uuidv7(), clinicId, patientId, serviceId, ...place }
      return (await clinic.as.receptionist.visits.walkIn({ body })).visit
    },
    restart: async () => {
      await hub.close()
      hub = await start()
      clinic.hub = hub
      clinic.people = await signInAll(hub.url)
      clinic.as = clientsOf(clinic.people)
    },
    close: async () => {
      await hub.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
  return clinic
}

async function furnish(api: ApiClient, clinicId: string, settings: Partial<ClinicSettings>) {
  const clinic = await api.clinics.get({ params: { id: clinicId } })
  const { id, ...fields } = clinic
  await api.clinics.update({
    params: { id },
    body: { ...fields, settings: { ...clinic.settings, ...settings } },
  })
  const ids = Object.fromEntries(roles.map((role) => [role, uuidv7()])) as Record<Role, string>
  for (const role of roles.slice(1))
    await api.users.create({
      body: {
        id: ids[role],
        username: role,
        password: PASSWORD,
        displayName: role,
        roles: [role],
        clinicIds: [clinicId],
      },
    })
  const room = await api.rooms.create({ body: { id: uuidv7(), clinicId, name: 'Room 2', publicLabel: '2' } })
  const doctor = await aDoctor(api, { clinicId, displayName: 'Dr Chen', userId: ids.doctor, roomId: room.id })
  const otherDoctor = await aDoctor(api, { clinicId, displayName: 'Dr Rao', userId: null, roomId: null })
  const pool = await api.pools.create({
    body: { id: uuidv7(), clinicId, name: 'Walk-ins', doctorIds: [doctor.id, otherDoctor.id] },
  })
  const service = await api.services.create({
    body: { id: uuidv7(), clinicId, name: 'Consultation', minutes: 10, priceMinor: 50_000 },
  })
  return { doctor, otherDoctor, poolId: pool.id, service, roomId: room.id }
}

/** A doctor who works every day from 09:00 to 17:00. */
async function aDoctor(
  api: ApiClient,
  fields: { clinicId: string; displayName: string; userId: string | null; roomId: string | null },
): Promise<Doctor> {
  const doctor = await api.doctors.create({ body: { id: uuidv7(), ...fields } })
  const sessions = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
    weekday,
    startsAt: '09:00',
    endsAt: '17:00',
    roomId: null,
  }))
  await api.doctors.setSchedule({ params: { id: doctor.id }, body: { version: 1, sessions } })
  return doctor
}

async function signInAll(url: string): Promise<Record<Role, SignedInClient>> {
  const entries = await Promise.all(roles.map(async (role) => [role, await signIn(url, role, PASSWORD)] as const))
  return Object.fromEntries(entries) as Record<Role, SignedInClient>
}

function clientsOf(people: Record<Role, SignedInClient>): Record<Role, ApiClient> {
  return Object.fromEntries(roles.map((role) => [role, people[role].api])) as Record<Role, ApiClient>
}

let count = 0

async function aPatient(clinic: TestClinic, fields: Partial<Patient>): Promise<Patient> {
  count++
  const { number: _, mergedIntoId: __, version: ___, ...given } = fields
  const name = { id: uuidv7(), familyName: `Family${count}`, givenName: 'Given' }
  return clinic.as.receptionist.patients.register({ body: { ...name, clinicId: clinic.clinicId, ...given } })
}
