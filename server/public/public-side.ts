import { createServer, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Router } from 'express'
import { Server } from 'socket.io'
import { type Card, listCards } from '../../local/cards.ts'
import type { RoutedEvent } from '../db/outbox.ts'
import type { HubParts } from '../http/context.ts'
import { type CardListeners, type Choice, listenOnCards } from '../lan/card-listeners.ts'
import { lanChoice } from '../network/queries.ts'
import { guardPublicSocket } from './guard-public.ts'
import { createGuesses } from './guesses.ts'
import { publicApp } from './public-app.ts'
import { openTrack } from './track.ts'

export type PublicOptions = {
  /** `0` takes any. */
  port: number
  pagesDir?: string | null | undefined
  /** What a test puts in the place of what a computer has. */
  listCards?: (() => Card[]) | undefined
  /** Milliseconds of the real clock, for the pauses of who guesses. */
  now?: (() => number) | undefined
  /** Further pages: the waiting room's board. */
  routers?: readonly Router[]
}

/** The listener for boards and patients' phones (design 1). */
export type PublicSide = {
  readonly port: number
  /** The addresses that are listened on. */
  readonly addresses: string[]
  choose(choice: Choice): Promise<void>
  /** The events of one commit. */
  publish(events: readonly RoutedEvent[]): void
  /** How many tickets and slips somebody looks at. */
  tracked(): number
  close(): Promise<void>
}

const HEADERS_MS = 10_000
const REQUEST_MS = 15_000
const KEEP_ALIVE_MS = 15_000
const LARGEST_HEADERS = 8_000
/** What a page sends on its socket is a token. */
const LARGEST_MESSAGE = 1_000

/**
 * Plain HTTP on the chosen cards, for whoever is in the house: it has no cookies, no API and no names.
 *
 * @throws Fault when the port is taken
 */
export async function openPublicSide(hub: HubParts, options: PublicOptions): Promise<PublicSide> {
  const { listCards: cards = listCards, now = Date.now } = options
  const guesses = createGuesses(now)
  const http = createServer({
    maxHeaderSize: LARGEST_HEADERS,
    headersTimeout: HEADERS_MS,
    requestTimeout: REQUEST_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
  })
  const sockets = new Set<Socket>()
  const isOwn = (address: string) => listeners.cards().some((card) => card.address === address)
  http.on('request', publicApp(hub, { guesses, pagesDir: options.pagesDir, isOwn, routers: options.routers }))
  const io = openSockets(http)
  const track = openTrack(io, hub, guesses)
  // Its connections come from the cards' own listeners. Without this word it would not look for requests that never end.
  http.emit('listening')
  let listeners: CardListeners
  try {
    listeners = await listenOnCards({
      port: options.port,
      choice: lanChoice(hub.read),
      listCards: cards,
      flag: '--public-port',
      connected: (socket) => {
        sockets.add(socket)
        socket.once('close', () => sockets.delete(socket))
        http.emit('connection', socket)
      },
      changed: () => undefined,
      log: hub.log,
    })
  } catch (error) {
    track.close()
    await io.close()
    throw error
  }
  return {
    get port() {
      return listeners.port()
    },
    get addresses() {
      return listeners.cards().flatMap(({ listening, address }) => (listening ? [address] : []))
    },
    choose: listeners.choose,
    publish: track.publish,
    tracked: track.tracked,
    close: async () => {
      listeners.close()
      track.close()
      const closed = io.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

/** The sockets of the public pages: their namespaces, and nothing in the usual one. */
function openSockets(http: ReturnType<typeof createServer>): Server {
  const io = new Server(http, {
    transports: ['websocket', 'polling'],
    serveClient: false,
    cookie: false,
    pingInterval: 5000,
    pingTimeout: 4000,
    connectTimeout: 5000,
    maxHttpBufferSize: LARGEST_MESSAGE,
    perMessageDeflate: false,
    allowRequest: (request: IncomingMessage, answer) => {
      try {
        guardPublicSocket(request)
        answer(null, true)
      } catch {
        answer('not from here', false)
      }
    },
  })
  io.use((_socket, next) => next(new Error('not_found')))
  return io
}
