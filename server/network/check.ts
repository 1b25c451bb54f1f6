import type { CheckName, CheckStep } from '../../contract/network-check.ts'
import { PROTOCOL } from '../../contract/protocol.ts'
import { type Card, isVpn } from '../../local/cards.ts'
import { newestAudit } from '../db/audit.ts'
import type { HubParts } from '../http/context.ts'
import type { CardState } from '../lan/card-listeners.ts'
import { hearsBroadcast, reachesItself } from './probes.ts'

/** What an announcement, an answer or a connection of one's own may take, in milliseconds. */
const HEARD_MS = 2000
/** From here on a difference of clocks is worth a word, in seconds. */
const MOST_SECONDS = 120
const DAY_MS = 86_400_000

type Finding = Omit<CheckStep, 'name'>
type Why = CheckStep['why']
type Facts = CheckStep['facts']

const fine = (facts: Facts = {}): Finding => ({ outcome: 'passed', why: 'fine', facts })
const failed = (why: Why, facts: Facts = {}): Finding => ({ outcome: 'failed', why, facts })
const warned = (why: Why, facts: Facts = {}): Finding => ({ outcome: 'warned', why, facts })
const notReached: Finding = { outcome: 'skipped', why: 'not_reached', facts: {} }

/**
 * The connection doctor from the hub's side: each step is really tried. What a card or the port spoils is not tried; how
 * the hub proves itself is looked at in any case.
 */
export async function checkNetwork(hub: HubParts): Promise<CheckStep[]> {
  const cards = hub.lan?.cards() ?? []
  const listening = cards.filter((card) => card.listening)
  const findings: Record<CheckName, Finding> = {
    card: cardFinding(cards),
    port: cards.some(({ chosen }) => chosen) ? portFinding(cards, hub.lan?.port ?? 0) : notReached,
    ...(listening.length > 0 ? await tried(hub, listening) : untried),
    certificate: certificateFinding(hub),
    clock: clockFinding(hub),
    version: fine({ protocol: PROTOCOL }),
  }
  return Object.entries(findings).map(([name, finding]) => ({ name: name as CheckName, ...finding }))
}

const untried = { mdns: notReached, broadcast: notReached, reachable: notReached }

function cardFinding(cards: CardState[]): Finding {
  const chosen = cards.filter((card) => card.chosen)
  if (chosen.length === 0) return failed('no_card', { present: cards.length })
  const addresses = chosen.map(({ address }) => address).join(', ')
  return chosen.every(isVpn) ? warned('only_vpn', { addresses }) : fine({ addresses })
}

/** One card that is listened on is enough for stations; the others are worth a word. */
function portFinding(cards: CardState[], port: number): Finding {
  const deaf = cards.find(({ chosen, listening }) => chosen && !listening)
  if (!deaf) return fine({ port })
  const why = deaf.failed === 'EADDRINUSE' ? 'port_taken' : 'not_listening'
  const facts = { address: deaf.address, port }
  return cards.some(({ listening }) => listening) ? warned(why, facts) : failed(why, facts)
}

async function tried(hub: HubParts, cards: Card[]): Promise<Record<'mdns' | 'broadcast' | 'reachable', Finding>> {
  const [mdns, broadcast, reachable] = await Promise.all([
    firstOf(cards, (card) => mdnsProblem(hub, card)),
    firstOf(cards, (card) => broadcastProblem(hub, card)),
    firstOf(cards, (card) => reachProblem(hub, card)),
  ])
  // One way of being found is enough; with neither, stations need the address.
  const both = mdns !== undefined && broadcast !== undefined
  const way = (problem: Problem | undefined): Finding => {
    if (!problem) return fine()
    return both ? failed(problem.why, problem.facts) : warned(problem.why, problem.facts)
  }
  return {
    mdns: way(mdns),
    broadcast: way(broadcast),
    reachable: reachable ? failed(reachable.why, reachable.facts) : fine({ port: hub.lan?.port ?? 0 }),
  }
}

type Problem = { why: Why; facts: Facts }

/** The problem of the first card that has one. */
async function firstOf(cards: Card[], problem: (card: Card) => Promise<Why | undefined>): Promise<Problem | undefined> {
  const found = await Promise.all(cards.map(async (card) => ({ card, why: await problem(card) })))
  for (const { card, why } of found) if (why) return { why, facts: { address: card.address } }
  return undefined
}

async function mdnsProblem({ findable }: HubParts, card: Card): Promise<Why | undefined> {
  if (!findable) return 'mdns_silent'
  if (findable.mdnsFailure(card.address) !== null) return 'mdns_port_taken'
  return (await findable.isHeard(card, HEARD_MS)) ? undefined : 'mdns_silent'
}

async function broadcastProblem({ findable, hubId }: HubParts, card: Card): Promise<Why | undefined> {
  if (!findable) return 'broadcast_silent'
  if (findable.broadcastFailure() !== null) return 'broadcast_port_taken'
  return (await hearsBroadcast(card, findable.broadcastPort, hubId, HEARD_MS)) ? undefined : 'broadcast_silent'
}

async function reachProblem({ lan, trust, hubId }: HubParts, { address }: Card): Promise<Why | undefined> {
  const root = trust.root().certificate
  return reachesItself({ address, port: lan?.port ?? 0, hubId, root, ms: HEARD_MS })
}

function certificateFinding({ trust }: HubParts): Finding {
  const days = Math.floor((trust.leaf().until - trust.now()) / DAY_MS)
  return days < 0 ? failed('expired', { days }) : fine({ days })
}

/** What was once recorded lies in the past: a clock that is behind it was set back. */
function clockFinding({ clock, read }: HubParts): Finding {
  const seconds = Math.round((newestAudit(read) - clock()) / 1000)
  return seconds > MOST_SECONDS ? failed('clock_differs', { seconds }) : fine()
}
