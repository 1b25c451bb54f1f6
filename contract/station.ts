// What a computer that is not the hub answers by itself, on loopback under `/station`.
import * as z from 'zod'
import { checkStep } from './network-check.ts'
import { route } from './route.ts'
import { id, instant, line } from './values.ts'

/** What an install is: not asked yet, the clinic's hub, or a station. */
export const role = z.enum(['new', 'hub', 'station'])
export type InstallRole = z.infer<typeof role>

/** A hub that answered, by whatever way it was found. */
export const foundHub = z.strictObject({
  hubId: id,
  name: z.string(),
  /** `192.168.1.10:8743`; the first one answered first. */
  addresses: z.array(z.string()).min(1),
  version: z.string(),
  protocol: z.strictObject({ oldest: z.int(), newest: z.int() }),
  via: z.array(z.enum(['last', 'mdns', 'broadcast', 'typed'])),
})
export type FoundHub = z.infer<typeof foundHub>

/** Why a pairing did not come about. */
export const joinProblem = z.enum([
  'unreachable',
  'not_a_hub',
  'closed',
  'impostor',
  'clocks_differ',
  'refused',
  'wrong_digits',
  'expired',
  'station_too_old',
  'hub_too_old',
  /** The hub took this computer, which could not keep what it needs for that. */
  'not_saved',
])
export type JoinProblem = z.infer<typeof joinProblem>

const joining = z.discriminatedUnion('phase', [
  z.strictObject({ phase: z.literal('asking'), hubName: z.string() }),
  /** The digits are shown; the administrator types them on the hub. */
  z.strictObject({ phase: z.literal('digits'), hubName: z.string(), digits: z.string() }),
  z.strictObject({ phase: z.literal('failed'), problem: joinProblem }),
])
export type Joining = z.infer<typeof joining>

/**
 * The link to the pinned hub. `searching`: it does not answer where it was; `refused`: it answers, and there is no way
 * to go on without a person.
 */
export const link = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('none') }),
  z.strictObject({ state: z.literal('searching'), since: instant }),
  z.strictObject({ state: z.literal('live'), since: instant, address: z.string() }),
  z.strictObject({
    state: z.literal('refused'),
    since: instant,
    /** `older_epoch`: a hub that was replaced came back. */
    why: z.enum(['revoked', 'station_too_old', 'hub_too_old', 'older_epoch']),
  }),
])
export type Link = z.infer<typeof link>

export const stationState = z.strictObject({
  /** Rises with every change: a page asks for what comes after the one it has. */
  revision: z.int(),
  role,
  computerName: z.string(),
  version: z.string(),
  protocol: z.strictObject({ oldest: z.int(), newest: z.int() }),
  /** The hub that this computer is paired with. */
  hub: z.strictObject({ hubId: id, name: z.string(), version: z.string().nullable() }).nullable(),
  /** What this computer is called at the hub. */
  deviceName: z.string().nullable(),
  link,
  /** Hubs that were found while nobody is joined, and those with the pinned id otherwise. */
  found: z.array(foundHub),
  searching: z.boolean(),
  joining: joining.nullable(),
})
export type StationState = z.infer<typeof stationState>

export const stationContract = {
  state: route({
    method: 'GET',
    path: '/state',
    summary: 'What this computer is and how its link is; waits up to 20 seconds for a change after `after`',
    permission: 'public',
    audit: null,
    input: { query: { after: z.coerce.number().int().optional() } },
    output: stationState,
  }),
  search: route({
    method: 'POST',
    path: '/search',
    summary: 'Look for hubs again, now',
    permission: 'public',
    audit: null,
    input: {},
    output: stationState,
  }),
  join: route({
    method: 'POST',
    path: '/join',
    summary: 'Ask a hub to be paired: by its address, found or typed, or by a pairing string',
    permission: 'public',
    audit: null,
    input: { body: { to: line(600), name: line(60) } },
    output: stationState,
    errors: ['in_use'],
  }),
  cancelJoin: route({
    method: 'POST',
    path: '/join/cancel',
    summary: 'Do not join after all',
    permission: 'public',
    audit: null,
    input: {},
    output: stationState,
  }),
  check: route({
    method: 'POST',
    path: '/check',
    summary: 'The connection doctor, seen from this computer',
    permission: 'public',
    audit: null,
    input: { body: { address: line(120).optional() } },
    output: z.strictObject({ steps: z.array(checkStep) }),
  }),
  changeRole: route({
    method: 'POST',
    path: '/role',
    summary: "Become the hub, or a computer that was never asked; a live station needs an administrator's token for it",
    permission: 'public',
    audit: null,
    input: { body: { role: z.enum(['hub', 'new']) } },
    output: z.strictObject({ role }),
    errors: ['forbidden', 'not_signed_in'],
  }),
}
