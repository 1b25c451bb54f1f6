import type { Logger } from 'pino'
import { BROADCAST_PORT } from '../../contract/discovery.ts'
import { type Card, listCards, watchCards } from '../../local/cards.ts'
import { MDNS_PORT } from '../../local/mdns.ts'
import { broadcastOn } from './broadcast.ts'
import { browseOn } from './mdns.ts'
import type { Asking, Candidate } from './ways.ts'

export type DiscoveryOptions = {
  cards?: (() => Card[]) | undefined
  /** Where hubs listen for the two questions; tests use others. */
  mdnsPort?: number | undefined
  broadcastPort?: number | undefined
  log: Logger
}

type Ways = { card: Card; mdns: Asking; broadcast: Asking }

/** Asks on every card, by mDNS and by broadcast, also on cards that come later. */
export function openDiscovery(options: DiscoveryOptions, heard: (candidate: Candidate) => void) {
  const { cards = listCards, mdnsPort = MDNS_PORT, broadcastPort = BROADCAST_PORT, log } = options
  let open = new Map<string, Ways>()
  // A card that comes again is another one: what was opened on it before hears nothing.
  const stopWatching = watchCards((present) => {
    const next = new Map<string, Ways>()
    for (const card of present) next.set(keyOf(card), open.get(keyOf(card)) ?? waysOf(card))
    for (const [key, ways] of open) if (!next.has(key)) stop(ways)
    open = next
  }, cards)
  return {
    ask: () => {
      for (const ways of open.values()) {
        if (!ways.mdns.usable()) ways.mdns = replaced(ways.mdns, () => mdnsOn(ways.card))
        if (!ways.broadcast.usable()) ways.broadcast = replaced(ways.broadcast, () => broadcast(ways.card))
        ask(ways)
      }
    },
    stop: () => {
      stopWatching()
      for (const ways of open.values()) stop(ways)
    },
  }

  function waysOf(card: Card): Ways {
    const ways = { card, mdns: mdnsOn(card), broadcast: broadcast(card) }
    ask(ways)
    return ways
  }

  // The other ways go on: the doctor tells a person.
  function mdnsOn(card: Card): Asking {
    const { name, address } = card
    return browseOn(card, mdnsPort, { heard, failed: (code) => log.info({ name, address, code }, 'mDNS failed') })
  }

  function broadcast(card: Card): Asking {
    const { name, address } = card
    const failed = (code: string) => log.info({ name, address, code }, 'broadcast failed')
    return broadcastOn(card, broadcastPort, { heard, failed })
  }
}

function ask({ mdns, broadcast }: Ways): void {
  mdns.ask()
  broadcast.ask()
}

function stop({ mdns, broadcast }: Ways): void {
  mdns.stop()
  broadcast.stop()
}

function replaced(old: Asking, next: () => Asking): Asking {
  old.stop()
  return next()
}

function keyOf({ name, address, netmask }: Card): string {
  return `${name} ${address} ${netmask}`
}
