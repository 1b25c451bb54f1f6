import { implement, ORPCError, ValidationError } from '@orpc/server'
import { contract } from '../../contract/contract.ts'
import { errors, Refusal } from '../../contract/errors.ts'
import { mayDo } from '../../contract/permissions.ts'
import type { RouteMeta } from '../../contract/route.ts'
import { id } from '../../contract/values.ts'
import type { TokenKeys } from '../auth/tokens.ts'
import type { Idempotency } from '../db/idempotency.ts'
import { type Context, LOOPBACK } from './context.ts'

/** Implements the contract: `api.rooms.list.handler(({ input, context }) => ...)`. */
export const api = implement(contract).$context<Context>()

type Procedure = { '~orpc': { meta: unknown; route: { method?: string | undefined; path?: string | undefined } } }
type Call = { context: Context; procedure: Procedure; input: unknown }

/**
 * Before any handler: who is it, may they, and how do their commands go through the door. Answers the refusal of a person
 * whose role may not, once that is on record (design 6); `undefined` when the handler may go on.
 *
 * @throws Refusal `not_signed_in`
 */
export function authorize({ context, procedure, input }: Call): Promise<never> | undefined {
  const { permission, audit } = procedure['~orpc'].meta as RouteMeta
  const { method, path } = procedure['~orpc'].route
  const { hub, request } = context
  if (permission === 'device') {
    if (context.device === LOOPBACK) throw new Refusal('not_paired')
  } else if (permission !== 'public') {
    const token = bearer(request.headers.authorization)
    const person = token ? hub.sessions.find(token, context.device) : undefined
    if (!person) {
      hub.strangerRefused(audit ?? 'read')
      throw new Refusal('not_signed_in')
    }
    if (permission !== 'signedIn' && !mayDo(person.roles, permission))
      return hub.door.write(person, audit ?? `${method} ${path}`, (w) => {
        w.audit({ recordId: idIn(input) })
        throw new Refusal('forbidden')
      })
    context.person = person
  }
  // Only what changes something is answered again: reading a record is done, and audited, each time (P5).
  const repeatable = audit !== null && method !== 'GET'
  const key = repeatable ? request.headers['idempotency-key'] : undefined
  context.write = (command) => {
    // Not before the handler asks: by then the input has passed its schema, whatever was sent.
    const idempotency = key === undefined ? undefined : claim(hub.keys, `${method} ${path}`, key, input)
    return hub.door.write(context.person, audit ?? 'read', command, idempotency)
  }
  return undefined
}

/** The record that a path names, when it is an id: what is not may be anything, and the audit holds ids and codes only. */
function idIn(input: unknown): string | null {
  const { params } = input as { params?: { id?: unknown } }
  return id.safeParse(params?.id).data ?? null
}

function bearer(header: string | undefined): string | undefined {
  return header?.startsWith('Bearer ') ? header.slice(7) : undefined
}

function claim(keys: TokenKeys, route: string, key: string | string[], input: unknown): Idempotency {
  if (typeof key !== 'string' || !/^[\w-]{8,128}$/.test(key))
    throw new Refusal('bad_input', {
      fields: [{ field: 'headers.idempotency-key', message: 'must be 8 to 128 letters, digits or dashes' }],
    })
  const { params, body } = input as { params?: unknown; body?: unknown }
  return { route, key, bodyHash: keys.seal(JSON.stringify([params, body])) }
}

/** Any error of a call, as what its client gets: an expected refusal, bad input, or a bug with its reference. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (!(error instanceof ORPCError)) return undefined
  if (error.code !== 'BAD_REQUEST') return undefined
  if (error.cause instanceof ValidationError)
    return new Refusal('bad_input', { fields: error.cause.issues.flatMap(fieldsOf) })
  return new Refusal('bad_input', { fields: [{ field: 'body', message: 'must be valid JSON' }] })
}

type Issue = { path?: readonly unknown[] | undefined; message: string; keys?: unknown }

/** What is wrong, by the fields' names; fields that nobody knows are named one by one. */
function fieldsOf({ path = [], message, keys }: Issue): { field: string; message: string }[] {
  const unknown: unknown[] = Array.isArray(keys) ? keys : []
  if (unknown.length === 0) return [{ field: nameOf(path), message }]
  return unknown.map((key) => ({ field: nameOf([...path, key]), message: 'is not known here' }))
}

function nameOf(steps: readonly unknown[]): string {
  const path = steps.map((step) =>
    typeof step === 'object' && step !== null && 'key' in step ? String(step.key) : String(step),
  )
  // The part (`body`) is how HTTP carries it; a person knows the field.
  const named = path.length > 1 && ['params', 'query', 'body'].includes(path[0] ?? '') ? path.slice(1) : path
  return named.join('.') || 'body'
}

export function asOrpcError(refusal: Refusal): ORPCError<string, unknown> {
  const { status } = errors[refusal.code]
  return new ORPCError(refusal.code, { status, message: refusal.message, data: refusal.data })
}
