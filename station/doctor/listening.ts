import type { Card } from '../../local/cards.ts'
import { broadcastOn } from '../discovery/broadcast.ts'
import { browseOn } from '../discovery/mdns.ts'
import type { Asking, Candidate, Hearing } from '../discovery/ways.ts'

/** How long answers are waited for, and when it is asked again meanwhile, in milliseconds. */
const LISTEN_MS = 2500
const AGAIN_MS = 1000

export type Heard = { answers: Candidate[]; failures: string[] }

/**
 * Asks in one way on every card, as discovery does, and tells what came of it.
 *
 * @param wanted the hub that is looked for: its answer ends the waiting
 */
export function listenOnCards(
  cards: Card[],
  open: (card: Card, hearing: Hearing) => Asking,
  wanted: string | undefined,
): Promise<Heard> {
  const answers: Candidate[] = []
  const failures = new Set<string>()
  return new Promise((resolve) => {
    const hearing = {
      heard: (candidate: Candidate) => {
        answers.push(candidate)
        if (wanted === undefined || candidate.hubId === wanted) end()
      },
      failed: (code: string) => void failures.add(code),
    }
    const opened = cards.map((card) => open(card, hearing))
    const ask = () => {
      for (const one of opened) if (one.usable()) one.ask()
    }
    const again = setInterval(ask, AGAIN_MS)
    const timer = setTimeout(end, LISTEN_MS)
    let ended = false
    ask()

    function end(): void {
      if (ended) return
      ended = true
      clearInterval(again)
      clearTimeout(timer)
      for (const one of opened) one.stop()
      resolve({ answers, failures: [...failures] })
    }
  })
}

export function hearMdns(cards: Card[], port: number, wanted: string | undefined): Promise<Heard> {
  return listenOnCards(cards, (card, hearing) => browseOn(card, port, hearing), wanted)
}

export function hearBroadcast(cards: Card[], port: number, wanted: string | undefined): Promise<Heard> {
  return listenOnCards(cards, (card, hearing) => broadcastOn(card, port, hearing), wanted)
}
