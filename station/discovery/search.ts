import type { FoundHub } from '../../contract/station.ts'
import { type HubAddress, writeAddress } from '../hub/addresses.ts'
import { blindAgent } from '../hub/agents.ts'
import { Unanswered } from '../hub/ask.ts'
import { askInfo, type HubInfo } from '../hub/info.ts'
import { inOrder, type KnownHub, MOST_SHOWN, roomFor } from './crowd.ts'
import { type DiscoveryOptions, openDiscovery } from './listen.ts'
import type { Candidate } from './ways.ts'

/** How often is asked, and how long an answer may take, in milliseconds. */
const ROUND_MS = 3000
const ANSWER_MS = 2000

export type Search = {
  /** Hubs that answer now, by their ids, the likeliest first: two of one name are two. */
  found(): FoundHub[]
  /** Whether the first round of what was asked for is still under way. */
  asking(): boolean
  /** Begins, or asks again at once. */
  start(): void
  stop(): void
}

type Entry = {
  /** Who it is said to be, and once it answers, who it says it is. */
  hubId: string
  address: HubAddress
  via: Set<Candidate['via']>
  answers: boolean
  info: HubInfo | undefined
  checking: boolean
}

type SearchParts = {
  heard(candidate: Candidate): void
  changed(): void
  /** The hub that this station is paired with. */
  known?: () => KnownHub | undefined
}

/** Looks for hubs. One is believed to be there only while it answers `info`; who it is, is proven elsewhere. */
export function createSearch(
  options: DiscoveryOptions,
  { heard, changed, known = () => undefined }: SearchParts,
): Search {
  let entries = new Map<string, Entry>()
  let discovery: ReturnType<typeof openDiscovery> | undefined
  let round: NodeJS.Timeout | undefined
  let first = false
  const agent = blindAgent()

  return {
    found: () => hubsOf(inOrder([...entries.values()], known())).slice(0, MOST_SHOWN),
    asking: () => first,
    start: () => {
      first = true
      if (discovery) discovery.ask()
      else discovery = openDiscovery(options, hear)
      clearInterval(round)
      round = setInterval(nextRound, ROUND_MS)
      round.unref()
      changed()
    },
    stop: () => {
      if (!discovery) return
      clearInterval(round)
      discovery.stop()
      discovery = undefined
      entries = new Map()
      first = false
      changed()
    },
  }

  function nextRound(): void {
    discovery?.ask()
    // Its goodbye may never come, and what it said is kept by others for hours: so each is asked whether it is there.
    for (const [key, entry] of entries) void check(key, entry)
    if (!first) return
    first = false
    changed()
  }

  function hear(candidate: Candidate): void {
    heard(candidate)
    const key = writeAddress(candidate.address)
    const before = entries.get(key)
    if (before) {
      if (before.via.has(candidate.via)) return
      before.via.add(candidate.via)
      changed()
    } else admit(key, candidate)
  }

  function admit(key: string, { hubId, address, via }: Candidate): void {
    const newcomer = { hubId, address, via: new Set([via]) }
    const { kept, instead } = roomFor(newcomer, [...entries.values()], known())
    if (!kept) return
    if (instead) entries.delete(writeAddress(instead.address))
    const entry = { ...newcomer, answers: false, info: undefined, checking: false }
    entries.set(key, entry)
    if (instead?.answers) changed()
    void check(key, entry)
  }

  async function check(key: string, entry: Entry): Promise<void> {
    if (entry.checking) return
    entry.checking = true
    try {
      const { info } = await askInfo(entry.address, agent, { timeoutMs: ANSWER_MS })
      if (entries.get(key) !== entry) return
      const news = JSON.stringify(info) !== JSON.stringify(entry.info)
      // Behind those that answered before it.
      if (!entry.info) entries.delete(key)
      entry.info = info
      entry.answers = true
      entry.hubId = info.hubId
      entries.set(key, entry)
      if (news) changed()
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error
      if (entries.get(key) !== entry) return
      entries.delete(key)
      if (entry.info) changed()
    } finally {
      entry.checking = false
    }
  }
}

function hubsOf(entries: Entry[]): FoundHub[] {
  const hubs = new Map<string, FoundHub>()
  for (const { address, via, info } of entries) {
    if (!info) continue
    const { hubId, name, version, protocol } = info
    const known = hubs.get(hubId)
    hubs.set(hubId, {
      hubId,
      name,
      version,
      protocol,
      addresses: [...(known?.addresses ?? []), writeAddress(address)],
      via: [...new Set([...(known?.via ?? []), ...via])],
    })
  }
  return [...hubs.values()]
}
