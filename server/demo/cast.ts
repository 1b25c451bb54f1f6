import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { contract } from '../../contract/contract.ts'
import type { Role } from '../../contract/permissions.ts'
import type { Service } from '../../contract/services.ts'
import { Fault } from '../../local/fault.ts'
import { zonedInstant } from '../../rules/clinic-day.ts'
import { type Client, signIn } from './api.ts'
import { DEMO_RESOURCES, makePeople, type Person } from './people.ts'
import { createRandom, shuffled } from './random.ts'

export const DEMO_PASSWORD = 'anteroom-demo'
/** Those a visitor is told of. */
export const DEMO_USERS = ['admin', 'reception', 'doctor', 'nurse', 'cashier']

/** The demonstration clinic as its file in resources/demo says. */
export type ClinicPlan = {
  name: string
  timeZone: string
  currency: string
  language: 'en' | 'bn' | 'ar'
  rooms: { name: string; publicLabel: string; beds?: string[] }[]
  services: { name: string; minutes: number; priceMinor: number; isConsultation: boolean }[]
  doctors: DoctorPlan[]
  pool: { name: string; doctors: string[] }
  staff: { username: string; displayName: string; roles: Role[] }[]
  /** What a doctor may order during a consultation. */
  extraServices: string[]
  /** The short lists of its doctors. */
  medicines: { name: string; dose: string; howOften: string; howLong: string }[]
  diagnoses: { text: string; code: string }[]
}
export type DoctorPlan = {
  username: string
  displayName: string
  specialty: string
  services: string[]
  /** Each day of the week alike: `09:00-13:00`. */
  sessions: string[]
  consultationMinutes: number
}

export type DoctorPart = { id: string; poolIds: string[]; client: Client; plan: DoctorPlan }

/** Everybody and everything the player plays with. */
export type Cast = {
  hubUrl: string
  seed: string
  clinicId: string
  plan: ClinicPlan
  admin: Client
  desks: Client[]
  nurse: Client
  cashier: Client
  doctors: DoctorPart[]
  poolId: string
  services: Map<string, Service>
  people: Person[]
  families: Person[][]
}

export function readClinicPlan(): ClinicPlan {
  return JSON.parse(readFileSync(join(DEMO_RESOURCES, 'clinic.json'), 'utf8')) as ClinicPlan
}

/** What the patients are made from: kept beside the data, so that the same people are there after a restart. */
export type Making = { seed: string; madeOn: string; count: number }

/** The same people for the same making. */
export function peopleOf(making: Making): { people: Person[]; families: Person[][] } {
  const { people, families } = makePeople({
    random: createRandom(making.seed).fork('people'),
    count: making.count,
    today: making.madeOn,
    madeAt: Date.parse(`${making.madeOn}T00:00:00.000Z`),
  })
  const family = (members: number[]) => members.flatMap((index) => people[index] ?? [])
  return { people, families: families.map(family) }
}

/**
 * Signs everybody of an existing demonstration clinic in: the administrator at the hub, the others at its stations, in
 * turn, if there are any.
 */
export async function joinCast(hubUrl: string, making: Making, stations: readonly string[] = []): Promise<Cast> {
  const plan = readClinicPlan()
  let turn = 0
  const enter = (username: string, at = stations[turn++ % stations.length] ?? hubUrl) =>
    signIn(at, username, DEMO_PASSWORD).catch((error: unknown) => {
      throw new Fault(
        `In this folder ${username} can no longer sign in with the demonstration's password.`,
        'Give them back their sign-in as admin with `npm run hub`, or start the demonstration without --data.',
        { cause: error },
      )
    })
  const admin = await enter('admin', hubUrl)
  const clinicId = (await admin.call(contract.clinics.list, {})).items[0]?.id
  if (clinicId === undefined) throw new Error('This folder holds no demonstration clinic.')
  const query = { query: { clinicId } }
  const { items: doctors } = await admin.call(contract.doctors.list, query)
  const { items: pools } = await admin.call(contract.pools.list, query)
  const { items: services } = await admin.call(contract.services.list, query)
  const parts: DoctorPart[] = []
  for (const one of plan.doctors) {
    const doctor = doctors.find((each) => each.displayName === one.displayName)
    if (!doctor) continue
    const poolIds = pools.filter((each) => each.doctorIds.includes(doctor.id)).map((each) => each.id)
    parts.push({ id: doctor.id, poolIds, client: await enter(one.username), plan: one })
  }
  return {
    hubUrl,
    seed: making.seed,
    clinicId,
    plan,
    admin,
    desks: [await enter('reception'), await enter('reception2')],
    nurse: await enter('nurse'),
    cashier: await enter('cashier'),
    doctors: parts,
    poolId: pools[0]?.id ?? '',
    services: new Map(services.map((service) => [service.name, service])),
    ...peopleOf(making),
  }
}

/** Who may come on a day: bookings take from the front, walk-ins from the back, so that nobody is meant twice. */
export type Roster = { children: Person[]; women: Person[]; adults: Person[] }

export function rosterOf(cast: Cast, day: string): Roster {
  const random = createRandom(cast.seed).fork('roster', day)
  const order = shuffled(random, cast.people)
  const isChild = (person: Person) => Boolean(person.guardian)
  const bearsChildren = (person: Person) => {
    const age = Number(day.slice(0, 4)) - Number((person.birthDate ?? '0').slice(0, 4))
    return person.sex === 'female' && age > 17 && age < 45
  }
  const grown = order.filter((person) => !isChild(person))
  const women = grown.filter(bearsChildren).slice(0, 200)
  const taken = new Set(women.map((person) => person.id))
  return { children: order.filter(isChild), women, adults: grown.filter((person) => !taken.has(person.id)) }
}

/** An instant of the clinic's wall clock, in ms since the epoch. */
export function wallMs(plan: Pick<ClinicPlan, 'timeZone'>, day: string, time: string): number {
  return Date.parse(zonedInstant(day, time, plan.timeZone))
}
