import * as z from 'zod'
import { checkStep } from './network-check.ts'
import { route } from './route.ts'
import { id, instant } from './values.ts'

/** A network card of the hub's computer. */
const card = z.strictObject({
  name: z.string(),
  address: z.string(),
  /** Whether the hub should listen there, and whether it does. */
  chosen: z.boolean(),
  listening: z.boolean(),
})

const network = z.strictObject({
  hubId: id,
  port: z.int(),
  /** `all`, also those that come later, or the names of the chosen ones. */
  cards: z.union([z.literal('all'), z.array(z.string().max(60)).max(32)]),
  present: z.array(card),
  /** The first 22 characters of the root's SHA-256 in base64url. */
  fingerprint: z.string(),
  pairingString: z.string(),
  /** A change of the root that waits for stations to fetch it. */
  rotation: z.strictObject({ since: instant, waitingFor: z.array(id) }).nullable(),
})
export type Network = z.infer<typeof network>

export const networks = {
  get: route({
    method: 'GET',
    path: '/network',
    summary: 'Where on the network this hub can be reached',
    permission: 'device.manage',
    audit: null,
    input: {},
    output: network,
  }),
  choose: route({
    method: 'PUT',
    path: '/network',
    summary: 'Choose the cards that the hub listens on',
    permission: 'device.manage',
    audit: 'network.choose',
    input: { body: { cards: z.union([z.literal('all'), z.array(z.string().min(1).max(60)).max(32)]) } },
    output: network,
  }),
  check: route({
    method: 'POST',
    path: '/network/check',
    summary: 'The connection doctor, seen from the hub',
    permission: 'device.manage',
    audit: 'network.check',
    input: {},
    output: z.strictObject({ steps: z.array(checkStep) }),
  }),
  rotateRoot: route({
    method: 'POST',
    path: '/network/root',
    summary: 'Make a new root; the old one vouches for it, and stations fetch it over their link',
    permission: 'device.manage',
    audit: 'network.rotateRoot',
    input: {},
    output: network,
    errors: ['in_use'],
  }),
  resign: route({
    method: 'POST',
    path: '/network/resign',
    summary:
      'This computer is not to be the hub any more: its records stay, and it is asked anew what it is (loopback only)',
    permission: 'device.manage',
    audit: 'network.resign',
    input: {},
    output: z.strictObject({ role: z.literal('new') }),
    errors: ['in_use'],
  }),
  finishRotation: route({
    method: 'POST',
    path: '/network/root/finish',
    summary: 'Stop trusting the old root: stations that have not fetched the new one must be paired again',
    permission: 'device.manage',
    audit: 'network.finishRotation',
    input: {},
    output: network,
  }),
}
