import type { Card } from '../../local/cards.ts'
import { broadcastOn } from '../discovery/broadcast.ts'
import { browseOn } from '../discovery/mdns.ts'
import type { Asking, Candidate, Hearing } from '../discovery/ways.ts'

/** When it is asked again meanwhile, in milliseconds: a packet may be lost. */
const AGAIN_MS = 1000

export type Heard = { answers: Candidate[]; failures: string[] }

/** Where is asked, for which hub (any, when there is none), and how long answers are waited for. */
export type Listening = { cards: Card[]; wanted: string | undefined; ms: number }

/** Asks in one way on every card, as discovery does, and tells what came of it. The wanted answer ends the waiting. */
export function listenOnCards(
  { cards, wanted, ms }: Listening,
  open: (card: Card, hearing: Hearing) => Asking,
): Promise<Heard> {
  if (cards.length === 0) return Promise.resolve({ answers: [], failures: [] })
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
    const timer = setTimeout(end, ms)
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

export function hearMdns(listening: Listening, port: number): Promise<Heard> {
  return listenOnCards(listening, (card, hearing) => browseOn(card, port, hearing))
}

export function hearBroadcast(listening: Listening, port: number): Promise<Heard> {
  return listenOnCards(listening, (card, hearing) => broadcastOn(card, port, hearing))
}
