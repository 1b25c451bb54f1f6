import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type * as z from 'zod'
import type { contract } from '../../contract/contract.ts'
import type { ClientInput } from './api.ts'
import { pickWeighted, type Random, seededId } from './random.ts'

type ImportBody = NonNullable<ClientInput<typeof contract.patients.importMany>['body']>
/** A patient as `POST /patients/import` takes one. */
export type Person = ImportBody['rows'][number]
export type Sex = z.input<typeof import('../../contract/patients.ts').sex>

/** The names of a country, in the script they are written in. */
export type Culture = {
  country: string
  weight: number
  language: 'en' | 'bn' | 'ar'
  phone: string
  family: readonly string[]
  female: readonly string[]
  male: readonly string[]
}

type Places = { streets: readonly string[]; areas: readonly string[] }
type Ground = { random: Random; cultures: readonly Culture[]; places: Places; today: string }

/** Everything people are made of lies here, shipped beside the app. */
export const DEMO_RESOURCES = join(import.meta.dirname, '../../resources/demo')

/**
 * Plausible patients, the same for the same seed: households that share a name, an address and a phone, and people on
 * their own. `today` (YYYY-MM-DD) is what ages are counted from, `madeAt` (ms) dates their identifiers.
 */
export function makePeople(options: { random: Random; count: number; today: string; madeAt: number }): {
  people: Person[]
  /** Households with at least one child, by index into `people`. */
  families: number[][]
} {
  const { random, count, today, madeAt } = options
  const ground: Ground = { random, cultures: readCultures(), places: readPlaces(), today }
  const people: Person[] = []
  const families: number[][] = []
  while (people.length < count) {
    const household = random.chance(0.3)
      ? makeFamily(ground)
      : [makeAdult(ground, pickWeighted(random, ground.cultures))]
    const first = people.length
    for (const member of household.slice(0, count - first)) {
      people.push({ id: seededId(madeAt, random), ...member })
    }
    if (people.length - first > 2) families.push(people.slice(first).map((_, index) => first + index))
  }
  return { people, families }
}

type Unnumbered = Omit<Person, 'id'>

function makeFamily(ground: Ground): Unnumbered[] {
  const { random } = ground
  const culture = pickWeighted(random, ground.cultures)
  const mother = makeAdult(ground, culture, { sex: 'female', age: random.between(24, 44) })
  const shared = { familyName: mother.familyName ?? '', address: mother.address ?? '', phones: mother.phones ?? [] }
  const father = { ...makeAdult(ground, culture, { sex: 'male', age: random.between(26, 52) }), ...shared }
  const guardian = {
    name: `${mother.givenName} ${mother.familyName}`.trim(),
    relation: 'mother',
    phone: shared.phones[0] ?? '',
  }
  const children = Array.from({ length: random.between(1, 3) }, () => makeChild(ground, culture, shared, guardian))
  return random.chance(0.6) ? [mother, father, ...children] : [mother, ...children]
}

function makeChild(
  { random, today }: Ground,
  culture: Culture,
  shared: Pick<Unnumbered, 'familyName' | 'address'>,
  guardian: NonNullable<Unnumbered['guardian']>,
): Unnumbered {
  const sex = random.chance(0.5) ? 'female' : 'male'
  return {
    familyName: shared.familyName,
    givenName: random.pick(culture[sex]),
    sex,
    address: shared.address,
    birthDate: birthDate(random, today, random.next() * 15),
    guardian,
    language: culture.language,
  }
}

function makeAdult(ground: Ground, culture: Culture, wish?: { sex: 'female' | 'male'; age: number }): Unnumbered {
  const { random, today, places } = ground
  const sex = wish?.sex ?? (random.chance(0.56) ? 'female' : 'male')
  const age = wish?.age ?? Math.min(94, 16 + Math.abs(random.normal()) * 24)
  const estimated = random.chance(0.12)
  return {
    familyName: culture.family.length > 0 ? random.pick(culture.family) : '',
    givenName: random.pick(culture[sex]),
    title: random.chance(0.05) ? (sex === 'female' ? 'Ms' : 'Mr') : '',
    sex: random.chance(0.01) ? 'not_known' : sex,
    // P1: an age that somebody told is a year, not a day.
    birthDate: estimated ? `${yearOf(today) - Math.round(age)}-07-01` : birthDate(random, today, age),
    birthDateEstimated: estimated,
    phones: makePhones(random, culture),
    address: `${random.between(1, 140)} ${random.pick(places.streets)}, ${random.pick(places.areas)}`,
    identifiers: random.chance(0.35) ? [{ kind: 'card', value: `SC-${random.between(10_000, 99_999)}` }] : [],
    language: random.chance(0.9) ? culture.language : null,
    note: random.chance(0.02) ? random.pick(FRONT_DESK_NOTES) : '',
  }
}

const FRONT_DESK_NOTES = ['Hard of hearing: walk over', 'Uses a wheelchair', 'Comes with her daughter', 'Pays monthly']

function makePhones(random: Random, culture: Culture): string[] {
  if (random.chance(0.06)) return []
  const one = () => culture.phone.replaceAll('#', () => String(random.between(0, 9)))
  return random.chance(0.15) ? [one(), one()] : [one()]
}

function birthDate(random: Random, today: string, age: number): string {
  const ms = Date.parse(`${today}T00:00:00.000Z`) - (age * 365.25 + random.next() * 20) * 86_400_000
  return new Date(ms).toISOString().slice(0, 10)
}

function yearOf(day: string): number {
  return Number(day.slice(0, 4))
}

export function readCultures(): Culture[] {
  const folder = join(DEMO_RESOURCES, 'names')
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return files.sort().map((name) => {
    const raw = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<keyof Culture, string> & {
      weight: number
      language: Culture['language']
    }
    return { ...raw, family: listed(raw.family), female: listed(raw.female), male: listed(raw.male) }
  })
}

function readPlaces(): Places {
  const raw = JSON.parse(readFileSync(join(DEMO_RESOURCES, 'places.json'), 'utf8')) as Record<keyof Places, string>
  return { streets: listed(raw.streets), areas: listed(raw.areas) }
}

function listed(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}
