import fc from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { type Noun, nouns } from '../contract/feed.ts'
import { aBed, anAppointment, anybody } from './support/acts.ts'
import { type Input, inputOf, type KnownIds, type Route, routes, send, text } from './support/api-input.ts'
import { aClinic, type TestClinic } from './support/clinic.ts'

let clinic: TestClinic
let token: string
let known: KnownIds
beforeAll(async () => {
  clinic = await aClinic()
  token = (await anybody(clinic)).token
  const visits = []
  for (let each = 0; each < 12; each++) visits.push(await clinic.aVisit({ serviceId: clinic.service.id }))
  const booked = await Promise.all([30, 60, 90].map((at) => anAppointment(clinic, at)))
  const beds = await Promise.all(['1', '2', '3'].map((label) => aBed(clinic, label)))
  const lines = clinic.hub.databases.read.all<{ id: string }>`select id from charges`
  const patients = [await clinic.aPatient(), ...visits.map((visit) => ({ id: visit.patientId ?? '' }))]
  const ids = (records: { id: string }[]) => records.map((record) => record.id)
  known = {
    clinicId: [clinic.clinicId],
    clinics: [clinic.clinicId],
    pools: [clinic.poolId],
    doctors: [clinic.doctor.id],
    doctorId: [clinic.doctor.id],
    doctorIds: [clinic.doctor.id, clinic.otherDoctor.id],
    poolId: [clinic.poolId],
    services: [clinic.service.id],
    serviceId: [clinic.service.id],
    rooms: [clinic.roomId],
    roomId: [clinic.roomId],
    beds: ids(beds),
    clinicIds: [clinic.clinicId],
    users: [clinic.people.cashier.session.user.id],
    patients: ids(patients),
    patientId: ids(patients),
    loserId: ids(patients),
    appointments: ids(booked),
    appointmentId: ids(booked),
    charges: ids(lines),
    visits: ids(visits),
    visitId: ids(visits),
    queue: [...ids(visits), clinic.doctor.id, clinic.clinicId],
  }
})
afterAll(() => clinic.close())

// A valid sign-in is a slow hash, and a valid sign-out ends the session of this test: both have tests of their own.
const tried = routes.filter((route) => !['auth.login', 'auth.logout', 'auth.unlock'].includes(route.name))
const withBody = routes.filter((route) => route.body)
const ask = (route: Route, input: Omit<Input, 'body'> & { body: unknown }) => send(clinic.hub.url, route, input, token)

/** With the version that the record has now, so that it is not refused for that alone. */
function asItIsNow({ path }: Route, input: Input): Input {
  const [, first = '', , last = first] = path.split('/')
  const noun =
    { queue: 'visits', schedule: 'schedules', allergies: 'allergies' }[first === 'queue' ? first : last] ?? first
  const current = noun in nouns ? clinic.hub.databases.read.find(noun as Noun, input.params.id ?? '') : undefined
  const { version } = current ?? {}
  return version && 'version' in input.body ? { ...input, body: { ...input.body, version } } : input
}

const always = ['bad_input', 'forbidden', 'idempotency_mismatch', 'not_paired']

describe('what fits the contract is done, or refused as the contract says; never a bug', () => {
  test.each(tried)('$name', async (route) => {
    const property = fc.asyncProperty(inputOf(route, known), async (input) => {
      for (const part of ['params', 'query', 'body'] as const) route[part]?.parse(input[part])
      const { status, fields, code } = await ask(route, asItIsNow(route, input))
      if (status !== 200) expect([...route.errors, ...always]).toContain(code)
      if (code === 'bad_input') expect(fields.length).toBeGreaterThan(0)
    })
    await fc.assert(property, { numRuns: 12 })
  })
})

type Path = (string | number)[]
/** A field somewhere in a body: its path and what it may be. */
type Field = { path: Path; schema: z.ZodType }

function bare(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable
    ? bare(schema.unwrap() as z.ZodType)
    : schema
}

/** Every field that this value has, with its schema; also those within its objects and lists. */
function fieldsIn(schema: z.ZodType, value: unknown, path: Path = []): Field[] {
  const inner = bare(schema)
  if (inner instanceof z.ZodObject && typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, each]) => {
      const field = inner.shape[key] as z.ZodType
      return [{ path: [...path, key], schema: field }, ...fieldsIn(field, each, [...path, key])]
    })
  if (inner instanceof z.ZodArray && Array.isArray(value))
    return value.flatMap((each, index) => fieldsIn(inner.element as z.ZodType, each, [...path, index]))
  return []
}

function put(body: unknown, [step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) return value
  const copy: Record<string | number, unknown> = Array.isArray(body) ? ([...body] as never) : { ...(body as object) }
  copy[step] = put(copy[step], rest, value)
  return copy
}

const isText = ({ schema }: Field) => {
  const inner = bare(schema)
  return inner instanceof z.ZodPipe && (inner.out as unknown) instanceof z.ZodString
}
const format = ({ schema }: Field) => {
  const json = z.toJSONSchema(bare(schema), { io: 'input', unrepresentable: 'any' })
  return json.format ?? json.type
}

/** Ways to spoil a field, each with the fields that it is a fault in. */
const spoilings: { name: string; value: unknown; in: (field: Field) => boolean }[] = [
  { name: 'an object where none belongs', value: { $gt: '' }, in: (field) => format(field) !== 'object' },
  { name: 'a list where none belongs', value: [['x']], in: () => true },
  { name: 'a number instead of text', value: 7, in: (field) => isText(field) || format(field) === 'uuid' },
  {
    name: 'text instead of a number',
    value: '7',
    in: (field) => ['integer', 'number', 'boolean'].includes(`${format(field)}`),
  },
  { name: 'a negative amount', value: -1, in: (field) => ['integer', 'number'].includes(`${format(field)}`) },
  { name: 'half of a minor unit', value: 0.5, in: (field) => format(field) === 'integer' },
  { name: 'more than can be counted', value: 2 ** 53, in: (field) => format(field) === 'integer' },
  { name: 'a day that does not exist', value: '2026-02-30', in: (field) => format(field) === 'date' },
  { name: 'a day with a time', value: '2026-02-01T00:00:00.000Z', in: (field) => format(field) === 'date' },
  {
    name: 'an instant that does not exist',
    value: '2026-02-30T25:00:00.000Z',
    in: (field) => format(field) === 'date-time',
  },
  { name: 'an instant without its zone', value: '2026-02-20T10:00:00', in: (field) => format(field) === 'date-time' },
  { name: 'no id', value: "1' or '1'='1", in: (field) => format(field) === 'uuid' },
  {
    name: 'an id of another kind',
    value: '00000000-0000-4000-8000-000000000000',
    in: (field) => format(field) === 'uuid',
  },
  { name: 'an oversize text', value: 'x'.repeat(50_000), in: isText },
  { name: 'a NUL', value: 'Rah\u0000man', in: isText },
  { name: 'an escape sequence', value: 'Rah\u001b[31mman', in: isText },
  { name: 'half of a pair', value: 'Rah\ud83dman', in: isText },
  { name: 'a line separator in a line', value: 'Rah\u2028man', in: (field) => isText(field) && !isNote(field) },
]

/** Text of several lines. */
function isNote(field: Field): boolean {
  return bare(field.schema).safeParse('one\ntwo').success
}

describe('one field that is wrong: 400 that names it, never a bug', () => {
  test.each(withBody)('$name', async (route) => {
    const schema = route.body as z.ZodObject
    const property = fc.asyncProperty(
      inputOf(route, known),
      fc.nat(),
      fc.nat(),
      async (input, whichField, whichSpoiling) => {
        const cases = fieldsIn(schema, input.body).flatMap((field) =>
          spoilings.filter((one) => one.in(field)).map((spoiling) => ({ field, spoiling })),
        )
        if (cases.length === 0) return
        const { field, spoiling } = cases[(whichField * 31 + whichSpoiling) % cases.length] as (typeof cases)[0]
        const answer = await ask(route, { ...input, body: put(input.body, field.path, spoiling.value) })
        const where = `${spoiling.name} in ${field.path.join('.')}`
        expect({ where, status: answer.status, code: answer.code }).toEqual({ where, status: 400, code: 'bad_input' })
        const name = field.path.join('.')
        expect(
          answer.fields.some((each) => each === name || each.startsWith(`${name}.`)),
          where,
        ).toBe(true)
      },
    )
    await fc.assert(property, { numRuns: 40 })
  })

  test.each(withBody)('$name: a field that nobody knows', async (route) => {
    const names = ['surelyUnknown', 'constructor', 'toString', 'ID', 'হ']
    const property = fc.asyncProperty(inputOf(route, known), fc.constantFrom(...names), async (input, name) => {
      const body = { ...input.body, [name]: 1 }
      const { status, fields } = await ask(route, { ...input, body })
      expect({ status, named: fields.includes(name) }).toEqual({ status: 400, named: true })
    })
    await fc.assert(property, { numRuns: 6 })
  })

  test.each(withBody)('$name: a prototype that somebody sends', async (route) => {
    const [input] = fc.sample(inputOf(route, known), { numRuns: 1, seed: 1 }) as [Input]
    const body = JSON.stringify(input.body).replace('{', '{"__proto__":{"roles":["administrator"]},')
    const { status } = await ask(route, { ...input, body: body.replace(',}', '}') })
    expect(status).toBe(400)
  })

  test.each(withBody)('$name: a field that is missing', async (route) => {
    const schema = route.body as z.ZodObject
    const needed = Object.entries(schema.shape).filter(
      ([, field]) => !(field as z.ZodType).safeParse(undefined).success,
    )
    const [input] = fc.sample(inputOf(route, known), { numRuns: 1, seed: 1 }) as [Input]
    for (const [key] of needed) {
      const { [key]: _, ...body } = input.body
      expect(await ask(route, { ...input, body })).toMatchObject({ status: 400, code: 'bad_input', fields: [key] })
    }
  })
})

describe('a query or a path that is wrong: 400 that names it', () => {
  // What is for paired computers is refused to everybody else before it is looked at.
  const asked = routes.filter((route) => route.meta.permission !== 'device')
  const parts = asked.flatMap((route) => [
    ...Object.keys(route.params?.shape ?? {}).map((key) => ({ name: route.name, route, part: 'params' as const, key })),
    ...Object.keys(route.query?.shape ?? {}).map((key) => ({ name: route.name, route, part: 'query' as const, key })),
  ])
  const freeText = ['q', 'cursor', 'familyName', 'givenName', 'phone', 'identifier', 'action']

  test.each(parts.filter(({ key }) => !freeText.includes(key)))('$name $part $key', async ({ route, part, key }) => {
    const [input] = fc.sample(inputOf(route, known, { minimal: true }), { numRuns: 1, seed: 1 }) as [Input]
    for (const wrong of ['nothing-like-it', '-1.5', '2026-02-30', '{}', '\u0000', '%', '😀']) {
      const { status, fields } = await ask(route, { ...input, [part]: { ...input[part], [key]: wrong } })
      expect({ wrong, status, fields }).toEqual({ wrong, status: 400, fields: [key] })
    }
  })

  test.each(parts.filter(({ key }) => freeText.includes(key)))('$name $key takes anything', async ({ route, key }) => {
    const [input] = fc.sample(inputOf(route, known, { minimal: true }), { numRuns: 1, seed: 1 }) as [Input]
    const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 70 }), fc.string({ maxLength: 30 }))
    const property = fc.asyncProperty(anything, async (typed) => {
      const { status } = await ask(route, { ...input, query: { ...input.query, [key]: typed } })
      expect([200, 400]).toContain(status)
    })
    await fc.assert(property, { numRuns: 60 })
  })
})

describe('any script in a name is taken, and comes back unchanged in NFC', () => {
  const register = routes.find((route) => route.name === 'patients.register') as Route
  const name = fc.oneof(
    text(1, 60),
    fc.constantFrom(
      'Ngũgĩ wa Thiong’o',
      'מרים',
      'ศรีสุข',
      '王小明',
      'O’Brien',
      'أبو بكر',
      'ক্ষুদিরাম',
      '👩🏽‍⚕️ Ada',
      'Zoë\u0308',
    ),
  )

  test('of a patient', async () => {
    const property = fc.asyncProperty(name, name, async (familyName, givenName) => {
      const body = { id: uuidv7(), clinicId: clinic.clinicId, familyName, givenName }
      const { status, body: made } = await ask(register, { params: {}, query: {}, body })
      expect(status).toBe(200)
      const nfc = { familyName: familyName.normalize('NFC').trim(), givenName: givenName.normalize('NFC').trim() }
      expect(made).toMatchObject(nfc)
      const stored = await clinic.as.nurse.patients.get({ params: { id: body.id } })
      expect(stored).toMatchObject(nfc)
    })
    await fc.assert(property, { numRuns: 150 })
  })

  test('a name is one line; a note may have several', async () => {
    const body = { id: uuidv7(), clinicId: clinic.clinicId, familyName: 'Two', note: 'one\n\ttwo' }
    for (const familyName of ['Two\nLines', 'Tab\tbed', 'Two\u2029Lines'])
      expect(await ask(register, { params: {}, query: {}, body: { ...body, familyName } })).toMatchObject({
        status: 400,
        fields: ['familyName'],
      })
    expect((await ask(register, { params: {}, query: {}, body })).body).toMatchObject({ note: 'one\n\ttwo' })
  })
})
