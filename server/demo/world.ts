import { contract } from '../../contract/contract.ts'
import type { Role } from '../../contract/permissions.ts'
import { addDays } from '../../rules/clinic-day.ts'
import { type Client, callRoute, forEachOf, signIn } from './api.ts'
import { bookDay } from './bookings.ts'
import {
  type Cast,
  type ClinicPlan,
  DEMO_PASSWORD,
  type DoctorPlan,
  joinCast,
  type Making,
  peopleOf,
  readClinicPlan,
} from './cast.ts'
import type { DayClock } from './day-clock.ts'
import { createRandom, seededId } from './random.ts'

const IMPORT_CHUNK = 500
/** How full the days from today on are booked. */
const FULLNESS = [0.76, 0.45, 0.3, 0.15, 0.1]

type Builder = { hubUrl: string; plan: ClinicPlan; newId: () => string; admin: Client; clinicId: string }

/** Makes the demonstration clinic on an empty hub, through the public API, as an administrator would. */
export async function createWorld(options: {
  hubUrl: string
  making: Making
  clock: DayClock
  daysAhead?: number
  onProgress?: (what: string) => void
}): Promise<Cast> {
  const { hubUrl, making, clock, daysAhead = 4, onProgress = () => {} } = options
  const random = createRandom(making.seed).fork('world')
  const plan = readClinicPlan()
  const newId = () => seededId(clock.now(), random)
  onProgress('the clinic, its people and rooms')
  const builder = await beginClinic(hubUrl, plan, newId)
  await addServices(builder)
  await addStaff(builder)
  await addDoctors(builder)
  onProgress(`${making.count} patients`)
  await importPatients(builder, making)
  const cast = await joinCast(hubUrl, making)
  onProgress('appointments')
  for (let ahead = 0; ahead <= daysAhead; ahead += 1) {
    await bookDay({ cast, day: addDays(making.madeOn, ahead), fullness: FULLNESS[ahead] ?? 0.1, madeAt: clock.now() })
  }
  return cast
}

async function beginClinic(hubUrl: string, plan: ClinicPlan, newId: () => string): Promise<Builder> {
  const { name, timeZone, currency, language } = plan
  const { body } = await callRoute(hubUrl, contract.setup.begin, {
    body: {
      clinic: { id: newId(), name, timeZone, currency, language },
      administrator: { id: newId(), username: 'admin', displayName: 'Ayesha Karim', password: DEMO_PASSWORD },
    },
  })
  const admin = await signIn(hubUrl, 'admin', DEMO_PASSWORD)
  return { hubUrl, plan, newId, admin, clinicId: body.clinicId }
}

async function addServices({ plan, newId, admin, clinicId }: Builder): Promise<void> {
  for (const service of plan.services) {
    await admin.call(contract.services.create, { body: { id: newId(), clinicId, ...service } })
  }
}

async function addStaff(builder: Builder): Promise<void> {
  for (const person of builder.plan.staff) await addUser(builder, person)
}

async function addUser(
  { newId, admin, clinicId }: Builder,
  person: { username: string; displayName: string; roles: Role[] },
): Promise<string> {
  const id = newId()
  await admin.call(contract.users.create, {
    body: { id, password: DEMO_PASSWORD, clinicIds: [clinicId], ...person },
  })
  return id
}

async function addDoctors(builder: Builder): Promise<void> {
  const { plan, newId, admin, clinicId } = builder
  const roomIds: string[] = []
  for (const { beds = [], ...room } of plan.rooms) {
    const id = newId()
    await admin.call(contract.rooms.create, { body: { id, clinicId, ...room } })
    for (const label of beds)
      await admin.call(contract.beds.create, { body: { id: newId(), clinicId, roomId: id, label } })
    roomIds.push(id)
  }
  const byUsername = new Map<string, string>()
  for (const [index, doctor] of plan.doctors.entries()) {
    byUsername.set(doctor.username, await addDoctor(builder, doctor, roomIds[index] ?? null))
  }
  const doctorIds = plan.pool.doctors.flatMap((username) => byUsername.get(username) ?? [])
  await admin.call(contract.pools.create, { body: { id: newId(), clinicId, name: plan.pool.name, doctorIds } })
  for (const each of plan.medicines)
    await admin.call(contract.medicines.create, { body: { id: newId(), clinicId, ...each } })
  for (const each of plan.diagnoses)
    await admin.call(contract.diagnosisTerms.create, { body: { id: newId(), clinicId, ...each } })
}

async function addDoctor(builder: Builder, doctor: DoctorPlan, roomId: string | null): Promise<string> {
  const { newId, admin, clinicId } = builder
  const { username, displayName, specialty } = doctor
  const userId = await addUser(builder, { username, displayName, roles: ['doctor'] })
  const id = newId()
  await admin.call(contract.doctors.create, { body: { id, clinicId, displayName, specialty, userId, roomId } })
  const { schedule } = await admin.call(contract.doctors.getSchedule, { params: { id } })
  const sessions = [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) =>
    doctor.sessions.map((session) => {
      const [startsAt = '09:00', endsAt = '17:00'] = session.split('-')
      return { weekday, startsAt, endsAt, roomId }
    }),
  )
  await admin.call(contract.doctors.setSchedule, { params: { id }, body: { version: schedule.version, sessions } })
  return id
}

async function importPatients({ admin, clinicId }: Builder, making: Making): Promise<void> {
  const { people } = peopleOf(making)
  const chunks: (typeof people)[] = []
  for (let from = 0; from < people.length; from += IMPORT_CHUNK) chunks.push(people.slice(from, from + IMPORT_CHUNK))
  await forEachOf(chunks, 1, async (rows) => {
    const answer = await admin.call(contract.patients.importMany, { body: { clinicId, rows } })
    const refusal = answer.refused[0]
    if (refusal) throw new Error(`Patient refused at import: ${refusal.message}`)
  })
}
