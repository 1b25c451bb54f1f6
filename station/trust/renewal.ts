import type { X509Certificate } from 'node:crypto'
import * as z from 'zod'
import { askHub } from '../hub/ask.ts'
import type { Upstream } from '../link.ts'
import { fingerprintOf, isOwn, isRoot, isSignedBy, readCertificate, tlsName, vouchesFor } from './certificates.ts'
import type { Pinned } from './pinned.ts'

/** How long before its end a certificate is made anew, in milliseconds. */
const BEFORE_END_MS = 30 * 86_400_000
const ANSWER_MS = 5000

const offered = z.object({ certificate: z.string(), root: z.string(), crossSigned: z.string().nullable() })

/** Whether the hub has another root than the one that is pinned, or this computer's certificate gets old. */
export function needsRenewal({ roots, certificate }: Pinned, fingerprint: string | null, now: number): boolean {
  const root = readCertificate(roots[0] ?? '')
  const own = readCertificate(certificate)
  if (!root || !own) return false
  const other = fingerprint !== null && !fingerprintOf(root).startsWith(fingerprint)
  return other || Date.parse(own.validTo) - now < BEFORE_END_MS
}

/**
 * Fetches the certificate anew over the live link, with the root that the hub has now. Another root is taken only when
 * the pinned one vouches for it; the pinned one stays behind it until the new one was seen in use.
 *
 * @returns what to pin; `undefined` when the offer does not hold
 * @throws Unanswered
 */
export async function renewed(
  pinned: Pinned,
  { address, agent, hubId }: Upstream,
): Promise<Pick<Pinned, 'roots' | 'certificate'> | undefined> {
  const path = '/api/devices/self/certificate'
  const asked = { address, agent, host: tlsName(hubId), method: 'POST', path, timeoutMs: ANSWER_MS } as const
  const { status, body } = await askHub(asked)
  const offer = status === 200 ? offered.safeParse(body).data : undefined
  const [certificate, root, before] = [offer?.certificate, offer?.root, pinned.roots[0]].map((pem) =>
    readCertificate(pem ?? ''),
  )
  if (!offer || !certificate || !root || !before) return undefined
  if (!isRoot(root) || !isOwn(certificate, pinned.key, root)) return undefined
  const same = fingerprintOf(root) === fingerprintOf(before)
  if (same) return { roots: [offer.root], certificate: offer.certificate }
  const crossSigned = readCertificate(offer.crossSigned ?? '')
  if (!crossSigned || !vouchesFor(before, crossSigned, root)) return undefined
  return { roots: [offer.root, pinned.roots[0] ?? ''], certificate: offer.certificate }
}

/** The new root alone, once the hub itself uses it; `undefined` when nothing is to be changed. */
export function rootsInUse(pinned: Pinned, peer: X509Certificate | undefined): Pick<Pinned, 'roots'> | undefined {
  const [next, before] = pinned.roots
  const root = readCertificate(next ?? '')
  if (!next || !before || !root || !peer || !isSignedBy(peer, root)) return undefined
  return { roots: [next] }
}
