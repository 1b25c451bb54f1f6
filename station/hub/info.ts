import type { X509Certificate } from 'node:crypto'
import type { Agent } from 'node:https'
import * as z from 'zod'
import { OLDEST_PROTOCOL, PROTOCOL } from '../../contract/protocol.ts'
import { id } from '../../contract/values.ts'
import type { HubAddress } from './addresses.ts'
import { askHub, Unanswered } from './ask.ts'

/** Controls, which write elsewhere on a terminal, and marks that turn around what stands beside them. */
const TRICKS = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu

/** What somebody calls themselves, who may be anybody on the network: as text, and no more. */
export const calledSo = (most: number) =>
  z
    .string()
    .max(most)
    .transform((text) => text.replace(TRICKS, ' '))

/**
 * What a station has to understand of any hub, also of one that is years newer: so unknown fields are let be, and the
 * rest of the contract is not asked of it.
 */
const info = z.object({
  name: calledSo(200),
  hubId: id,
  epoch: z.int(),
  version: calledSo(60),
  protocol: z.object({ oldest: z.int(), newest: z.int() }),
  device: z.object({ id, name: calledSo(200) }).nullable(),
  root: z.string().max(60).nullable(),
})
export type HubInfo = z.infer<typeof info>

export type Introduced = { info: HubInfo; date: string | undefined; peer: X509Certificate | undefined }

/**
 * Who is there? What it says is believed as far as the agent's connections are.
 *
 * @throws Unanswered
 */
export async function askInfo(
  address: HubAddress,
  agent: Agent,
  { host, timeoutMs, signal }: { host?: string; timeoutMs: number; signal?: AbortSignal },
): Promise<Introduced> {
  const asked = { address, agent, path: '/api/info', timeoutMs, signal, ...(host ? { host } : {}) }
  const { status, body, date, peer } = await askHub(asked)
  const parsed = info.safeParse(body)
  if (status !== 200 || !parsed.success) throw new Unanswered('not_a_hub')
  return { info: parsed.data, date, peer }
}

/** Which side has to be updated before the two understand each other; `undefined` when they do. */
export function versionProblem({ oldest, newest }: HubInfo['protocol']): 'station_too_old' | 'hub_too_old' | undefined {
  if (newest < OLDEST_PROTOCOL) return 'hub_too_old'
  if (oldest > PROTOCOL) return 'station_too_old'
  return undefined
}
