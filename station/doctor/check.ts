import { BROADCAST_PORT } from '../../contract/discovery.ts'
import { type CheckName, type CheckStep, checkName } from '../../contract/network-check.ts'
import { OLDEST_PROTOCOL, PROTOCOL } from '../../contract/protocol.ts'
import { type Card, isVpn, listCards } from '../../local/cards.ts'
import { MDNS_PORT } from '../../local/mdns.ts'
import type { DiscoveryOptions } from '../discovery/listen.ts'
import { byNumber, type HubAddress, readAddress, writeAddress } from '../hub/addresses.ts'
import { blindAgent, pinnedAgent } from '../hub/agents.ts'
import { Unanswered, type WhyUnanswered } from '../hub/ask.ts'
import { askInfo, type Introduced, versionProblem } from '../hub/info.ts'
import { tlsName } from '../trust/certificates.ts'
import type { Pinned } from '../trust/pinned.ts'
import { connects } from './connect.ts'
import { type Heard, hearBroadcast, hearMdns } from './listening.ts'

const ANSWER_MS = 3000
const LISTEN_MS = 2500
/** From here on a difference of clocks is worth a word, in seconds. */
const MOST_SECONDS = 120

export type CheckParts = {
  /** The hub that is pinned, and where it was last. */
  pinned: Pinned | undefined
  /** Where to look, typed by a person. */
  address: HubAddress | undefined
  discovery: DiscoveryOptions
  clock: () => number
  /** How long answers on the network are waited for, in milliseconds. */
  listenMs?: number
}

type Finding = Omit<CheckStep, 'name'>
type Place = { address: HubAddress; introduced?: Introduced; why?: WhyUnanswered }

const fine = (facts: CheckStep['facts'] = {}): Finding => ({ outcome: 'passed', why: 'fine', facts })
const failed = (why: CheckStep['why'], facts: CheckStep['facts'] = {}): Finding => ({ outcome: 'failed', why, facts })
const warned = (why: CheckStep['why'], facts: CheckStep['facts'] = {}): Finding => ({ outcome: 'warned', why, facts })
const skipped = (why: CheckStep['why'], facts: CheckStep['facts'] = {}): Finding => ({ outcome: 'skipped', why, facts })

/**
 * Goes the way of a connection step by step, each really tried. The first that fails is what to mend; behind it nothing
 * could be tried. A way of finding the hub that does not work is a failure only when there is no other one.
 */
export async function checkConnection(parts: CheckParts): Promise<CheckStep[]> {
  const { pinned, discovery } = parts
  const cards = (discovery.cards ?? listCards)()
  const listening = { cards, wanted: pinned?.hubId, ms: parts.listenMs ?? LISTEN_MS }
  const given = await givenAddress(parts)
  const [port, mdns, broadcast] = await Promise.all([
    given ? connects(given, ANSWER_MS) : undefined,
    hearMdns(listening, discovery.mdnsPort ?? MDNS_PORT),
    hearBroadcast(listening, discovery.broadcastPort ?? BROADCAST_PORT),
  ])
  // A typed address is what a person asks about: another way to the hub is no answer to that.
  const heard = parts.address ? [] : [...mdns.answers, ...broadcast.answers].filter(isWanted(pinned))
  const target = port === 'fine' ? given : heard[0]?.address
  const place = target && (await introduce(target))
  const ways = { card: cardStep(cards, place), port: portStep(given, port, target) }
  const found = target !== undefined || given !== undefined
  const findings: Record<CheckName, Finding> = {
    ...ways,
    mdns: mdnsStep(mdns, broadcast, found),
    broadcast: broadcastStep(mdns, broadcast, found),
    reachable: reachableStep(place),
    certificate: await certificateStep(place, parts),
    clock: clockStep(place, parts.clock()),
    version: versionStep(place),
  }
  return inOrder(findings)
}

function inOrder(findings: Record<CheckName, Finding>): CheckStep[] {
  const steps: CheckStep[] = []
  for (const name of checkName.options) {
    const broken = steps.some(({ outcome }) => outcome === 'failed')
    steps.push({ name, ...(broken ? skipped('not_reached') : findings[name]) })
  }
  return steps
}

async function givenAddress({ address, pinned }: CheckParts): Promise<HubAddress | undefined> {
  const given = address ?? readAddress(pinned?.address ?? '')
  // A name that nobody knows is tried as it is, and the try says so.
  return given && (await byNumber(given).catch(() => given))
}

function isWanted(pinned: Pinned | undefined) {
  return ({ hubId }: { hubId: string }) => pinned === undefined || hubId === pinned.hubId
}

async function introduce(address: HubAddress): Promise<Place> {
  try {
    return { address, introduced: await askInfo(address, blindAgent(), { timeoutMs: ANSWER_MS }) }
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error
    return { address, why: error.why }
  }
}

function cardStep(cards: Card[], place: Place | undefined): Finding {
  if (cards.length === 0) return failed('no_card')
  const names = cards.map(({ name }) => name).join(', ')
  if (!cards.every(isVpn)) return fine({ cards: names })
  return place?.introduced ? warned('only_vpn', { cards: names }) : failed('only_vpn', { cards: names })
}

function portStep(
  given: HubAddress | undefined,
  why: Awaited<ReturnType<typeof connects>> | undefined,
  target: HubAddress | undefined,
): Finding {
  if (!given || !why) return skipped('no_hub_known')
  const facts = { address: writeAddress(given) }
  if (why === 'fine') return fine(facts)
  // It was found elsewhere: it has another address now.
  return target ? warned(why, facts) : failed(why, facts)
}

function mdnsStep(mdns: Heard, broadcast: Heard, found: boolean): Finding {
  const first = mdns.answers[0]
  if (first) return fine({ address: writeAddress(first.address) })
  const why = mdns.failures.some((code) => code === 'EADDRINUSE' || code === 'EACCES')
    ? 'mdns_port_taken'
    : 'mdns_silent'
  return found || broadcast.answers.length > 0 || why === 'mdns_silent' ? warned(why) : failed(why)
}

/** The last way to a hub that nobody named. */
function broadcastStep(mdns: Heard, broadcast: Heard, found: boolean): Finding {
  const first = broadcast.answers[0]
  if (first) return fine({ address: writeAddress(first.address) })
  return found || mdns.answers.length > 0 ? warned('broadcast_silent') : failed('broadcast_silent')
}

function reachableStep(place: Place | undefined): Finding {
  if (!place) return failed('no_hub_known')
  const { address, introduced, why = 'not_a_hub' } = place
  const facts = { address: writeAddress(address) }
  return introduced ? fine({ ...facts, hub: introduced.info.name }) : failed(why, facts)
}

async function certificateStep(place: Place | undefined, { pinned, clock }: CheckParts): Promise<Finding> {
  if (!place?.introduced) return skipped('not_reached')
  const facts = { address: writeAddress(place.address) }
  // Who is not paired with any hub can't tell one from another.
  if (!pinned) return skipped('not_paired', facts)
  const agent = pinnedAgent(pinned)
  try {
    const host = tlsName(pinned.hubId)
    const { info } = await askInfo(place.address, agent, { host, timeoutMs: ANSWER_MS })
    return info.device ? fine(facts) : failed('revoked', facts)
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error
    if (error.why === 'expired') return failed('expired', { ...facts, seconds: difference(place, clock()) ?? 0 })
    return failed(error.why, facts)
  } finally {
    agent.destroy()
  }
}

function clockStep(place: Place | undefined, now: number): Finding {
  const seconds = difference(place, now)
  if (seconds === undefined) return skipped('not_reached')
  return Math.abs(seconds) > MOST_SECONDS ? warned('clock_differs', { seconds }) : fine({ seconds })
}

/** How far this computer's clock is ahead of the hub's, in seconds. */
function difference(place: Place | undefined, now: number): number | undefined {
  const at = Date.parse(place?.introduced?.date ?? '')
  return Number.isNaN(at) ? undefined : Math.round((now - at) / 1000)
}

function versionStep(place: Place | undefined): Finding {
  if (!place?.introduced) return skipped('not_reached')
  const { protocol, version } = place.introduced.info
  const problem = versionProblem(protocol)
  const facts = { hub: version, hubOldest: protocol.oldest, hubNewest: protocol.newest }
  const own = { oldest: OLDEST_PROTOCOL, newest: PROTOCOL }
  return problem ? failed(problem, { ...facts, ...own }) : fine(facts)
}
