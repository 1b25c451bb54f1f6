import type { Logger } from 'pino'
import { BROADCAST_PORT } from '../../contract/discovery.ts'
import type { Card } from '../../local/cards.ts'
import { MDNS_PORT } from '../../local/mdns.ts'
import { type Announcement, announceOn, isAnnouncedOn, type Told } from './announce.ts'
import { type Answering, answerBroadcasts } from './answer-broadcast.ts'

export type Findable = ReturnType<typeof makeFindable>

type Options = {
  hubId: string
  name: () => string
  log: Logger
  /** Where the two questions are asked; tests use others. */
  mdnsPort?: number | undefined
  broadcastPort?: number | undefined
}

/** A name that was changed, a port that was taken, a card that came back unseen: looked at so often, in milliseconds. */
const LOOK_MS = 30_000

type OnCard = { card: Card; said: string; announcement: Announcement }

/** Makes the hub findable on the cards that it listens on: announced by mDNS on each, and answering broadcasts. */
export function makeFindable({ hubId, name, log, mdnsPort = MDNS_PORT, broadcastPort = BROADCAST_PORT }: Options) {
  let cards: readonly Card[] = []
  let port = 0
  const announced = new Map<string, OnCard>()
  let answering: { said: string; socket: Answering } | undefined
  const goodbyes = new Set<Promise<void>>()
  const warned = new Set<string>()
  const timer = setInterval(renew, LOOK_MS)
  timer.unref()

  return {
    on: (present: readonly Card[], at: number) => {
      cards = present
      port = at
      renew()
    },
    /** The codes of what failed: `null` where all is well, or nothing is tried. */
    mdnsFailure: (address: string) => announced.get(address)?.announcement.failed() ?? null,
    broadcastFailure: () => answering?.socket.failed() ?? null,
    broadcastPort,
    /** Whether the announcement is heard by who asks on that card. */
    isHeard: (card: Card, ms: number) => isAnnouncedOn(card, hubId, ms, mdnsPort),
    close: async () => {
      clearInterval(timer)
      cards = []
      renew()
      await Promise.all(goodbyes)
    },
  }

  /** What is said is what is true now; where that has not changed and can be heard, nothing is said anew. */
  function renew(): void {
    const told = { hubId, name: name(), port }
    const wanted = new Map(cards.map((card) => [card.address, { card, said: JSON.stringify([card, told]) }]))
    for (const [address, { said, announcement }] of announced) {
      if (wanted.get(address)?.said === said && announcement.failed() === null) {
        announcement.rejoin()
        continue
      }
      announced.delete(address)
      leave(announcement)
    }
    for (const [address, { card, said }] of wanted)
      if (!announced.has(address))
        announced.set(address, { card, said, announcement: announceOn(card, told, mdnsPort) })
    answer(told)
  }

  function answer(told: Told): void {
    const said = JSON.stringify([cards, told])
    if (answering?.said === said && answering.socket.failed() === null) return
    warn('broadcasts are not answered', answering?.socket.failed())
    answering?.socket.close()
    answering = cards.length > 0 ? { said, socket: answerBroadcasts(cards, told, broadcastPort) } : undefined
  }

  function leave(announcement: Announcement): void {
    warn('the hub is not announced by mDNS', announcement.failed())
    const goodbye = announcement.stop().finally(() => goodbyes.delete(goodbye))
    goodbyes.add(goodbye)
  }

  /** Once: the doctor says so for as long as it lasts. */
  function warn(what: string, code: string | null | undefined): void {
    if (!code || warned.has(what)) return
    warned.add(what)
    log.warn({ code }, what)
  }
}
