import fc from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import * as z from 'zod'
import { contract } from '../../contract/contract.ts'
import type { RouteMeta } from '../../contract/route.ts'

/** Every route of the contract with its schemas, and input for it made from them. */
export type Route = {
  name: string
  method: string
  path: string
  meta: RouteMeta
  params: z.ZodObject | undefined
  query: z.ZodObject | undefined
  body: z.ZodObject | undefined
  /** The codes that it says it may refuse with. */
  errors: string[]
}

export const routes: Route[] = Object.entries(contract).flatMap(([noun, procedures]) =>
  Object.entries(procedures).map(([verb, procedure]) => {
    const { route, meta, inputSchema, errorMap } = procedure['~orpc']
    const parts = (inputSchema as z.ZodObject).shape as Record<string, unknown>
    const part = (key: string) => (parts[key] instanceof z.ZodObject ? (parts[key] as z.ZodObject) : undefined)
    const { method = 'GET', path = '' } = route
    return {
      name: `${noun}.${verb}`,
      method,
      path,
      meta: meta as RouteMeta,
      params: part('params'),
      query: part('query'),
      body: part('body'),
      errors: Object.keys(errorMap),
    }
  }),
)

export type Input = { params: Record<string, string>; query: Record<string, unknown>; body: Record<string, unknown> }
/** Ids of records that are there, by the name of the field that may hold one; `id` in a path by its first word. */
export type KnownIds = Record<string, readonly string[]>

type Making = { known: KnownIds; minimal: boolean }

/** Input that fits the schemas of a route. `minimal` leaves out what may be left out. */
export function inputOf(route: Route, known: KnownIds = {}, { minimal = false } = {}): fc.Arbitrary<Input> {
  const making = { known, minimal }
  const noun = route.path.split('/')[1] ?? ''
  const params = route.params
    ? objectOf(route.params, { ...making, known: { ...known, id: known[noun] ?? [] } })
    : fc.constant({})
  const query = route.query ? objectOf(route.query, making) : fc.constant({})
  const body = route.body ? objectOf(route.body, making) : fc.constant({})
  return fc.record({ params, query, body }) as fc.Arbitrary<Input>
}

function objectOf(schema: z.ZodObject, making: Making): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.entries(schema.shape).map(([key, field]) => [key, field as z.ZodType] as const)
  const optional = fields.filter(([, field]) => field.safeParse(undefined).success).map(([key]) => key)
  const required = fields.map(([key]) => key).filter((key) => !optional.includes(key))
  const taken = making.minimal ? fields.filter(([key]) => required.includes(key)) : fields
  const model = Object.fromEntries(taken.map(([key, field]) => [key, valueFor(field, key, making)]))
  const made = fc.record(model, { requiredKeys: required.filter((key) => key in model) })
  // Values that fit one by one need not fit together.
  return schema.def.checks?.length ? made.filter((one) => schema.safeParse(one).success) : made
}

function valueFor(schema: z.ZodType, key: string, making: Making): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return valueFor(schema.unwrap() as z.ZodType, key, making)
  if (schema instanceof z.ZodNullable)
    return fc.option(valueFor(schema.unwrap() as z.ZodType, key, making), { nil: null, freq: 3 })
  if (schema instanceof z.ZodUnion)
    return fc.oneof(...schema.options.map((option) => valueFor(option as z.ZodType, key, making)))
  if (schema instanceof z.ZodPipe) return pipedValue(schema, key, making)
  if (schema instanceof z.ZodObject) return objectOf(schema, making)
  if (schema instanceof z.ZodArray) {
    const most = Math.min(jsonOf(schema).maxItems ?? 3, 3)
    return fc.array(valueFor(schema.element as z.ZodType, key, making), {
      minLength: jsonOf(schema).minItems ?? 0,
      maxLength: Math.max(most, jsonOf(schema).minItems ?? 0),
    })
  }
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options)
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values)
  if (schema instanceof z.ZodBoolean) return fc.boolean()
  if (schema instanceof z.ZodNumber) return numberOf(schema)
  return stringOf(schema, key, making)
}

/** A string that is trimmed before it is looked at, or words for yes and no. */
function pipedValue(schema: z.ZodPipe, key: string, making: Making): fc.Arbitrary<unknown> {
  const out = schema.out as unknown as z.ZodType
  return out instanceof z.ZodString ? stringOf(out, key, making) : fc.constantFrom('true', 'false')
}

function numberOf(schema: z.ZodNumber): fc.Arbitrary<number> {
  const { minimum = 0, maximum = 1_000_000, multipleOf = 1, type } = jsonOf(schema)
  const most = Math.min(maximum, 1_000_000)
  if (type === 'number') return fc.double({ min: minimum, max: most, noNaN: true })
  const [from, to] = [Math.ceil(minimum / multipleOf), Math.floor(most / multipleOf)]
  return fc.integer({ min: from, max: to }).map((count) => count * multipleOf)
}

const zones = ['Asia/Dhaka', 'Europe/Berlin', 'UTC', 'America/St_Johns']

function stringOf(schema: z.ZodType, key: string, { known }: Making): fc.Arbitrary<string> {
  const { format, pattern = '', minLength = 0, maxLength = 60 } = jsonOf(schema)
  if (format === 'uuid') {
    const there = known[key] ?? []
    const fresh = fc.nat().map(() => uuidv7())
    return there.length > 0 ? fc.constantFrom(...there) : fresh
  }
  if (format === 'date-time')
    return fc
      .date({ min: new Date('2026-03-01'), max: new Date('2026-04-01'), noInvalidDate: true })
      .map((date) => new Date(Math.floor(date.getTime() / 300_000) * 300_000).toISOString())
  if (format === 'date')
    return fc
      .date({ min: new Date('1950-01-01'), max: new Date('2026-03-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
  // 32 bytes and the like, of which only the length matters.
  if (format === 'base64url') {
    const bytes = Math.floor((minLength * 3) / 4)
    const exactly = { minLength: bytes, maxLength: bytes }
    return fc.uint8Array(exactly).map((random) => Buffer.from(random).toString('base64url'))
  }
  if (key === 'timeZone') return fc.constantFrom(...zones)
  if (key === 'username') return fc.stringMatching(/^[a-z][a-z0-9._-]{2,20}$/)
  if (key === 'photo') return fc.constant('data:image/png;base64,iVBORw0KGgo=')
  if (key === 'startsAt' || key === 'endsAt') return fc.constantFrom('09:00', '12:30', '17:55')
  if (pattern && !pattern.includes('\\p{')) return fc.stringMatching(new RegExp(pattern))
  const most = Math.min(maxLength, 40)
  // P1: whatever else stands in it, a number has a digit.
  if (key === 'phone' || key === 'phones') return text(0, most - 1).map((typed) => `${typed}7`)
  return text(minLength, most)
}

/** Any text that a person could type: every script, no control characters, nothing that trimming changes. */
export function text(least: number, most: number): fc.Arbitrary<string> {
  return fc
    .string({ unit: 'grapheme', minLength: least, maxLength: most })
    .map((typed) => typed.replace(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, '').trim())
    .map((typed) => (typed.normalize('NFC').length > most ? 'x'.repeat(least || 1) : typed))
    .map((typed) => ([...typed].length < least ? 'x'.repeat(least) : typed))
}

type Json = {
  type?: string
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  minimum?: number
  maximum?: number
  multipleOf?: number
  allOf?: { pattern?: string }[]
}

function jsonOf(schema: z.ZodType): Json {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json
}

export type Answer = { status: number; code: string | undefined; fields: string[]; body: unknown }

/** Sends a request as it is: nothing of it is checked on the way. */
export async function send(
  url: string,
  { method, path }: Pick<Route, 'method' | 'path'>,
  { params, query, body }: { params: Record<string, string>; query: Record<string, unknown>; body: unknown },
  token?: string,
): Promise<Answer> {
  const address = path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(params[key] ?? ''))
  const search = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]))
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (token) headers.authorization = `Bearer ${token}`
  const sent = typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(`${url}/api${address}?${search}`, {
    method,
    headers,
    ...(method === 'GET' ? {} : { body: sent }),
  })
  const answer = (await response.json()) as { code?: string; data?: { fields?: { field: string }[] } } | null
  const fields = answer?.data?.fields?.map((one) => one.field) ?? []
  return { status: response.status, code: answer?.code, fields: response.ok ? [] : fields, body: answer }
}
