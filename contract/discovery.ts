// How a hub is found. All of it is a hint: whoever answers has to prove with its certificate that it is the hub.
import * as z from 'zod'
import { id } from './values.ts'

/** The ports of an install. */
export const LAN_PORT = 8743
export const BROADCAST_PORT = 8745

/** `_anteroom._tcp`, with TXT `id`, `name`, `v` (the newest protocol) and `n`, which changes to force a refresh. */
export const MDNS_TYPE = 'anteroom'

/** A question broadcast on a card. It is padded, so that no answer is longer than what asked for it. */
export const broadcastQuestion = z.strictObject({ anteroom: z.literal('where'), padding: z.string() })
export const QUESTION_BYTES = 512

/** The question, as long as it has to be. */
export function paddedQuestion(): Uint8Array {
  const question = { anteroom: 'where', padding: '' } satisfies z.infer<typeof broadcastQuestion>
  const bare = JSON.stringify(question).length
  const padding = '.'.repeat(QUESTION_BYTES - bare)
  return new TextEncoder().encode(JSON.stringify({ ...question, padding } satisfies z.infer<typeof broadcastQuestion>))
}

export const broadcastAnswer = z.strictObject({
  anteroom: z.literal('here'),
  id,
  name: z.string().max(120),
  port: z.int().min(1).max(65_535),
  protocol: z.int(),
})
export type BroadcastAnswer = z.infer<typeof broadcastAnswer>

/** What is in a pairing string or its QR: where the hub is, and the start of its root's fingerprint. */
export type PairingString = { hubId: string; addresses: string[]; fingerprint: string }

/** `anteroom:HUBID?at=192.168.1.10:8743,10.0.0.2:8743&root=FINGERPRINT` */
export function writePairingString({ hubId, addresses, fingerprint }: PairingString): string {
  return `anteroom:${hubId}?at=${addresses.join(',')}&root=${fingerprint}`
}

const pairingString = z.strictObject({
  hubId: id,
  addresses: z
    .array(z.string().regex(/^[\w.:[\]-]{1,80}:\d{1,5}$/))
    .min(1)
    .max(16),
  fingerprint: z.string().regex(/^[\w-]{22,43}$/),
})

/** `undefined` when the text is no pairing string. */
export function readPairingString(typed: string): PairingString | undefined {
  const match = /^anteroom:([0-9a-f-]{36})\?(.+)$/.exec(typed.trim())
  if (!match) return undefined
  const query = new URLSearchParams(match[2])
  const addresses = (query.get('at') ?? '').split(',')
  return pairingString.safeParse({ hubId: match[1], addresses, fingerprint: query.get('root') ?? '' }).data
}
