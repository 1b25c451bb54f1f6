import type { Socket } from 'node:net'
import type { Logger } from 'pino'
import { type Card, watchCards } from '../../local/cards.ts'
import { Fault } from '../../local/fault.ts'
import { type Listening, listenOn } from './ports.ts'

/** `all`, also those that come later, or the names of the chosen ones. */
export type Choice = 'all' | readonly string[]

/** A card that is there now, and why nothing listens on it if it should. */
export type CardState = Card & { chosen: boolean; listening: boolean; failed: string | null }

type Options = {
  /** `0` takes any; all cards then have the same. */
  port: number
  choice: Choice
  listCards: () => Card[]
  connected: (socket: Socket) => void
  /** The cards that are listened on have changed. */
  changed: (cards: Card[], port: number) => void
  log: Logger
  /** The option with which another port is chosen. */
  flag?: string
}

/** A port that another program has may be free later; so may an address that a card is still agreeing on. */
const RETRY_MS = 5000

/**
 * Listens on the chosen cards' addresses, each by itself, and follows the cards as they come and go.
 *
 * @throws Fault when the port is taken on every one of them at the start
 */
export async function listenOnCards(options: Options) {
  const { listCards, log } = options
  let { port, choice } = options
  let cards: Card[] = []
  const open = new Map<string, Listening>()
  const failed = new Map<string, string>()
  let work: Promise<void> = Promise.resolve()
  let closed = false
  let told = ''
  const unwatch = watchCards((present) => {
    cards = present
    follow()
  }, listCards)
  const retry = setInterval(() => {
    if (failed.size > 0) follow()
  }, RETRY_MS)
  retry.unref()
  await work
  const taken = [...failed.values()].filter((code) => code === 'EADDRINUSE')
  if (open.size === 0 && taken.length > 0) {
    close()
    throw new Fault(
      `Port ${port} of the network is in use by another program.`,
      `Stop that program, or choose a port with ${options.flag ?? '--lan-port'}.`,
    )
  }

  return {
    port: () => port,
    cards: (): CardState[] =>
      cards.map((card) => ({
        ...card,
        chosen: isChosen(card),
        listening: open.has(card.address),
        failed: failed.get(card.address) ?? null,
      })),
    choose: async (next: Choice) => {
      choice = next
      follow()
      await work
    },
    close,
  }

  function isChosen({ name }: Card): boolean {
    return choice === 'all' || choice.includes(name)
  }

  /** One change after the other: two at once would both try the same address. */
  function follow(): void {
    work = work.then(adjust)
  }

  async function adjust(): Promise<void> {
    const wanted = cards.filter(isChosen)
    const addresses = new Set(wanted.map(({ address }) => address))
    for (const [address, listening] of open)
      if (!addresses.has(address)) {
        listening.close()
        open.delete(address)
      }
    for (const address of failed.keys()) if (!addresses.has(address)) failed.delete(address)
    for (const { address } of wanted) if (!closed && !open.has(address)) await start(address)
    tell(wanted.filter(({ address }) => open.has(address)))
  }

  async function start(address: string): Promise<void> {
    const outcome = await listenOn(address, port, options.connected)
    if ('failed' in outcome) {
      if (failed.get(address) !== outcome.failed)
        log.warn({ address, port, code: outcome.failed }, 'a card is not listened on')
      failed.set(address, outcome.failed)
      return
    }
    failed.delete(address)
    if (closed) return outcome.close()
    port = outcome.port
    open.set(address, outcome)
    log.info({ address, port }, 'listening on the network')
  }

  function tell(listened: Card[]): void {
    const now = JSON.stringify(listened)
    if (closed || now === told) return
    told = now
    options.changed(listened, port)
  }

  function close(): void {
    closed = true
    unwatch()
    clearInterval(retry)
    for (const listening of open.values()) listening.close()
    open.clear()
  }
}

export type CardListeners = Awaited<ReturnType<typeof listenOnCards>>
