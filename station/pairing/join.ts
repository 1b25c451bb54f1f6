import { randomBytes, type X509Certificate } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { pairingCommitment, pairingDigits } from '../../contract/pairing-digits.ts'
import type { Joining, JoinProblem } from '../../contract/station.ts'
import { byNumber, type HubAddress, writeAddress } from '../hub/addresses.ts'
import { blindAgent, pinnedAgent } from '../hub/agents.ts'
import { askHub, Unanswered } from '../hub/ask.ts'
import { askInfo, type HubInfo, versionProblem } from '../hub/info.ts'
import { fingerprintOf, isLeafOf, isOwn, isRoot, isValidAt, readCertificate, tlsName } from '../trust/certificates.ts'
import { newDeviceKey } from '../trust/device-key.ts'
import type { Pinned } from '../trust/pinned.ts'
import { asked, JoinFailed, revealed } from './answers.ts'
import { outcomeOf } from './outcome.ts'
import type { Target } from './target.ts'

const ANSWER_MS = 5000

export type JoinParts = {
  clock: () => number
  signal: AbortSignal
  tell(joining: Joining): void
}

type Place = { address: HubAddress; info: HubInfo }

/**
 * Asks a hub to be paired (design 7): a new key, the hub's commitment, the nonces, the digits, and what the
 * administrator made of them. It pins nothing by itself.
 *
 * @throws JoinFailed, or what `signal` was aborted with
 */
export async function joinHub(target: Target, name: string, parts: JoinParts): Promise<Pinned> {
  const { signal, tell } = parts
  try {
    const place = await findPlace(target, signal)
    const tooOld = versionProblem(place.info.protocol)
    if (tooOld) throw new JoinFailed(tooOld)
    if (target.hubId && target.hubId !== place.info.hubId) throw new JoinFailed('impostor')
    tell({ phase: 'asking', hubName: place.info.name })
    return await pair(place, target, name, parts)
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof Unanswered) throw new JoinFailed(problemOf(error), { cause: error })
    throw error
  }
}

/** The first of the addresses that answers. */
async function findPlace({ addresses }: Target, signal: AbortSignal): Promise<Place> {
  const agent = blindAgent()
  const tries = addresses.map(async (typed) => {
    const address = await byNumber(typed).catch((cause: unknown) => {
      throw new Unanswered('unreachable', { cause })
    })
    return { address, info: (await askInfo(address, agent, { timeoutMs: ANSWER_MS, signal })).info }
  })
  try {
    return await Promise.any(tries)
  } catch (error) {
    signal.throwIfAborted()
    const errors: unknown[] = error instanceof AggregateError ? error.errors : [error]
    // Where somebody is and is no hub, more is known than where nobody is.
    throw errors.find((one) => one instanceof Unanswered && one.why === 'not_a_hub') ?? errors[0]
  }
}

async function pair({ address, info }: Place, target: Target, name: string, parts: JoinParts): Promise<Pinned> {
  const { clock, signal, tell } = parts
  const requestId = uuidv7()
  const { key, spki } = newDeviceKey()
  const body = { id: requestId, name, stationKey: base64url(spki) }
  const path = '/api/pairing/requests'
  const blind = { address, agent: blindAgent(), method: 'POST', path, body, timeoutMs: ANSWER_MS, signal } as const
  const { body: answer, status, peer } = await askHub(blind)
  const { hubId, name: hubName, root, commitment } = asked(status, answer)
  const rootCertificate = provenRoot(root, { hubId, peer, now: clock(), target, told: info.hubId })
  // From here on nobody but the holder of that root is spoken to; whether that is the hub, the digits tell.
  const agent = pinnedAgent({ hubId, roots: [root] })
  try {
    const host = tlsName(hubId)
    const stationNonce = new Uint8Array(randomBytes(32))
    const reveal = { address, agent, host, method: 'POST', timeoutMs: ANSWER_MS, signal } as const
    const given = await askHub({
      ...reveal,
      path: `${path}/${requestId}/nonce`,
      body: { stationNonce: base64url(stationNonce) },
    })
    const hubNonce = revealed(given.status, given.body)
    const rootDer = new Uint8Array(rootCertificate.raw)
    const transcript = { root: rootDer, hubId, stationKey: spki, hubNonce, stationNonce }
    if (base64url(await pairingCommitment(transcript)) !== commitment) throw new JoinFailed('impostor')
    tell({ phase: 'digits', hubName, digits: await pairingDigits(transcript) })
    const outcome = await outcomeOf({ address, agent, host, path: `${path}/${requestId}` }, parts)
    const certificate = readCertificate(outcome.certificate)
    if (!certificate || !isOwn(certificate, key, rootCertificate)) throw new JoinFailed('impostor')
    // What was said before was said by anybody.
    const { info: proven } = await askInfo(address, agent, { host, timeoutMs: ANSWER_MS, signal })
    return {
      hubId,
      hubName,
      hubVersion: proven.version,
      roots: [root],
      ...outcome,
      address: writeAddress(address),
      epoch: proven.epoch,
      key,
    }
  } finally {
    agent.destroy()
  }
}

type Claim = { hubId: string; peer: X509Certificate | undefined; now: number; target: Target; told: string }

/**
 * The root that was told, when the very connection on which it was told chains to it: a relay shows its own.
 *
 * @throws JoinFailed `impostor`; `clocks_differ` when only the dates are in the way
 */
function provenRoot(pem: string, { hubId, peer, now, target, told }: Claim): X509Certificate {
  const root = readCertificate(pem)
  const holds =
    root !== undefined &&
    peer !== undefined &&
    hubId === told &&
    isRoot(root) &&
    isLeafOf(peer, root, hubId) &&
    (target.fingerprint === undefined || fingerprintOf(root).startsWith(target.fingerprint))
  if (!holds) throw new JoinFailed('impostor')
  // Nobody sits in between for that: a computer's battery may be empty, and its date years off.
  if (!isValidAt(peer, now)) throw new JoinFailed('clocks_differ')
  return root
}

function problemOf({ why }: Unanswered): JoinProblem {
  if (why === 'expired') return 'clocks_differ'
  return why === 'not_a_hub' || why === 'impostor' ? why : 'unreachable'
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}
