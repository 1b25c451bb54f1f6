import { implement } from '@orpc/server'
import { contract } from '../../contract/contract.ts'
import { Refusal } from '../../contract/errors.ts'
import { type Access, mayDo, type Permission } from '../../contract/permissions.ts'
import type { RouteMeta } from '../../contract/route.ts'
import { id } from '../../contract/values.ts'
import type { Person } from '../auth/person.ts'
import type { TokenKeys } from '../auth/tokens.ts'
import type { Idempotency } from '../db/idempotency.ts'
import { type Context, LOOPBACK, type RequestContext, UNPAIRED } from './context.ts'

/** Implements the contract: `api.rooms.list.handler(({ input, context }) => ...)`. */
export const api = implement(contract).$context<Context>()

type Procedure = { '~orpc': { meta: unknown; route: { method?: string | undefined; path?: string | undefined } } }
type Call = { context: RequestContext; procedure: Procedure; input: unknown }

/**
 * Before any handler: who is it, may they, and how do their commands go through the door. Answers what the handler works
 * with, or the refusal of a person whose role may not, once that is on record (design 6).
 *
 * @throws Refusal `not_signed_in`
 */
export function authorize({ context, procedure, input }: Call): Context | Promise<never> {
  const { permission, audit } = procedure['~orpc'].meta as RouteMeta
  const { method, path } = procedure['~orpc'].route
  const { hub, request } = context
  const action = audit ?? `${method} ${path}`
  // The first clinic and its administrator are made at the hub itself (design 1).
  if (path?.startsWith('/setup') && context.device !== LOOPBACK) throw new Refusal('forbidden')
  if (permission === 'device' && (context.device === LOOPBACK || context.device === UNPAIRED))
    throw new Refusal('not_paired')
  // Routes that nobody has to sign in for do not ask who it is.
  const person = asksWho(permission) ? signedIn(context, audit) : (undefined as never)
  if (asksRole(permission) && !mayDo(person.roles, permission))
    return hub.door.write(person, action, (w) => {
      w.audit({ recordId: idIn(input) })
      throw new Refusal('forbidden')
    })
  // Only what changes something is answered again: reading a record is done, and audited, each time (P5).
  const repeatable = audit !== null && method !== 'GET'
  const key = repeatable ? request.headers['idempotency-key'] : undefined
  // A new object: a closure put into the old one would hold the request until a full collection (docs/decisions/0014).
  return {
    ...context,
    person,
    write: (command) => {
      // Not before the handler asks: by then the input has passed its schema, whatever was sent.
      const idempotency = key === undefined ? undefined : claim(hub.keys, `${method} ${path}`, key, input)
      return hub.door.write(person, audit ?? 'read', command, idempotency)
    },
  }
}

const asksWho = (permission: Access): boolean => permission !== 'public' && permission !== 'device'

const asksRole = (permission: Access): permission is Permission => asksWho(permission) && permission !== 'signedIn'

/** @throws Refusal `not_signed_in` */
function signedIn({ hub, request, device }: RequestContext, audit: string | null): Person {
  const token = bearer(request.headers.authorization)
  const person = token ? hub.sessions.find(token, device) : undefined
  if (person) return person
  hub.strangerRefused(audit ?? 'read')
  throw new Refusal('not_signed_in')
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
