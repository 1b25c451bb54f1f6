import * as z from 'zod'
import { Refusal } from '../contract/errors.ts'
import { askHub, Unanswered } from './hub/ask.ts'
import type { Upstream } from './link.ts'
import { tlsName } from './trust/certificates.ts'

const ANSWER_MS = 5000

/** Of `auth/me`; a newer hub may say more. */
const me = z.object({ roles: z.array(z.string()) })

/**
 * Whether a person may take this computer away from its hub: while the hub is there, its administrators alone. A hub
 * that is away, or has sent this computer away, can't be asked, and must not hold it.
 *
 * @throws Refusal `not_signed_in` or `forbidden`
 */
export async function guardRoleChange(hub: Upstream | undefined, authorization: string | undefined): Promise<void> {
  if (!hub) return
  const token = authorization?.startsWith('Bearer ') ? authorization.slice(7) : undefined
  if (!token) throw new Refusal('not_signed_in')
  const { address, agent, hubId } = hub
  const asked = { address, agent, host: tlsName(hubId), path: '/api/auth/me', token, timeoutMs: ANSWER_MS }
  const { status, body } = await askHub(asked).catch((error: unknown) => {
    throw error instanceof Unanswered ? new Refusal('hub_away') : error
  })
  if (status === 401) throw new Refusal('not_signed_in')
  if (status !== 200 || !me.safeParse(body).data?.roles.includes('administrator')) throw new Refusal('forbidden')
}
