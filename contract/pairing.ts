import * as z from 'zod'
import { route } from './route.ts'
import { id, instant, line } from './values.ts'

/** Counts the changes of the pairing protocol itself; part of what the six digits are made of. */
export const PAIRING_VERSION = 1

/** 32 random bytes. */
const nonce = z.base64url().length(43, 'must be 32 bytes in base64url')
/** SubjectPublicKeyInfo of a P-256 key: 91 bytes. */
const stationKey = z.base64url().length(122, 'must be the DER of a P-256 public key in base64url')
const digest = z.base64url().length(43)
const digits = z.string().regex(/^\d{6}$/, 'must be six digits')

/** What the administrator sees of a computer that asks. */
export const pairingRequest = z.strictObject({
  id,
  /** What the computer calls itself. */
  name: z.string(),
  /** Where it asks from. */
  address: z.string(),
  askedAt: instant,
  /** `asked`: the nonces are not exchanged yet; `ready`: the digits can be typed. */
  phase: z.enum(['asked', 'ready', 'approved', 'failed']),
})
export type PairingRequest = z.infer<typeof pairingRequest>

const pairingState = z.strictObject({
  /** `null` while the hub takes no requests. */
  openUntil: instant.nullable(),
  /** How many more computers may ask before it has to be opened again. */
  left: z.int(),
  requests: z.array(pairingRequest),
})
export type PairingState = z.infer<typeof pairingState>

export const pairing = {
  state: route({
    method: 'GET',
    path: '/pairing',
    summary: 'Whether computers may ask to be paired, and which do',
    permission: 'device.manage',
    audit: null,
    input: {},
    output: pairingState,
  }),
  open: route({
    method: 'POST',
    path: '/pairing/open',
    summary: 'Add a computer: for ten minutes, five may ask',
    permission: 'device.manage',
    audit: 'pairing.open',
    input: {},
    output: pairingState,
  }),
  close: route({
    method: 'POST',
    path: '/pairing/close',
    summary: 'Take no more requests',
    permission: 'device.manage',
    audit: 'pairing.close',
    input: {},
    output: pairingState,
  }),
  ask: route({
    method: 'POST',
    path: '/pairing/requests',
    summary: 'A computer asks to be paired; the hub commits to its nonce',
    permission: 'public',
    audit: 'pairing.ask',
    input: { body: { id, name: line(60), stationKey } },
    output: z.strictObject({
      hubId: id,
      name: z.string(),
      /** The hub's root, PEM: this very connection must chain to it. */
      root: z.string(),
      /** SHA-256 over (version, hub's nonce, root, hub id, station key), see `pairingCommitment`. */
      commitment: digest,
    }),
    errors: ['pairing_closed', 'already_exists'],
  }),
  reveal: route({
    method: 'POST',
    path: '/pairing/requests/{id}/nonce',
    summary: "The computer gives its nonce, and only then gets the hub's",
    permission: 'public',
    audit: 'pairing.reveal',
    input: { params: { id }, body: { stationNonce: nonce } },
    output: z.strictObject({ hubNonce: nonce }),
    errors: ['pairing_failed'],
  }),
  outcome: route({
    method: 'GET',
    path: '/pairing/requests/{id}',
    summary: 'How a request ended; waits up to 20 seconds for it',
    permission: 'public',
    audit: null,
    input: { params: { id } },
    output: z.discriminatedUnion('phase', [
      z.strictObject({ phase: z.literal('waiting') }),
      z.strictObject({ phase: z.literal('approved'), certificate: z.string(), deviceId: id, deviceName: z.string() }),
    ]),
    errors: ['pairing_failed'],
  }),
  approve: route({
    method: 'POST',
    path: '/pairing/requests/{id}/approve',
    summary: 'The administrator types the six digits that the computer shows, and names it',
    permission: 'device.manage',
    audit: 'pairing.approve',
    input: { params: { id }, body: { digits, name: line(60) } },
    output: pairingState,
    errors: ['pairing_failed', 'already_exists'],
  }),
  refuse: route({
    method: 'POST',
    path: '/pairing/requests/{id}/refuse',
    summary: 'Send a computer away',
    permission: 'device.manage',
    audit: 'pairing.refuse',
    input: { params: { id } },
    output: pairingState,
    errors: ['pairing_failed'],
  }),
}
