import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { Duplex } from 'node:stream'
import { type SecureContextOptions, TLSSocket } from 'node:tls'
import { Refusal } from '../../contract/errors.ts'
import { answerRefusal } from '../../local/answers.ts'
import { outside } from '../../local/bug.ts'
import type { Card } from '../../local/cards.ts'
import { noteRoot } from '../devices/commands.ts'
import type { DevicePresence } from '../devices/presence.ts'
import { apiHandler } from '../http/api-handler.ts'
import { type HubParts, UNPAIRED } from '../http/context.ts'
import type { LiveFeed } from '../realtime/live-feed.ts'
import { type CardListeners, type CardState, type Choice, listenOnCards } from './card-listeners.ts'
import { guardLan, isFeed, isOpenToAll } from './guard-lan.ts'
import { deviceOf, noteDevice, type Peer, peerOf } from './peers.ts'

/** The hub's side of the network. */
export type Lan = {
  readonly port: number
  /** The addresses that are listened on. */
  readonly addresses: string[]
  cards(): CardState[]
  choose(choice: Choice): Promise<void>
  /** Root or leaf have changed: new connections see it, and those that no longer prove anything are destroyed. */
  trustChanged(): void
  /** Makes a new leaf when it is time, and shows it from then on. */
  renewLeaf(): Promise<void>
  /** Destroys every connection of a device, its live feed included. */
  cutOff(deviceId: string): void
  close(): void
}

type LanOptions = {
  port: number
  choice: Choice
  listCards: () => Card[]
  feed: Pick<LiveFeed, 'handleRequest' | 'handleUpgrade'>
  presence: DevicePresence
  /** The cards that are listened on have changed. */
  changed: (cards: Card[], port: number) => void
}

const HANDSHAKE_MS = 10_000
/** A station asks more often than that; one that lost its power is gone after it. */
const KEEP_ALIVE_MS = 30_000
const LARGEST_HEADERS = 64_000

/** What is known of a connection: its certificate once and for all, its device for as long as the table says so. */
type Link = { socket: TLSSocket; peer: Peer | undefined; deviceId: string | undefined }

/**
 * The listener for stations: TLS 1.3, a client certificate that one of our roots signed, and the device table, asked on
 * every request and upgrade (design 7). Who is not paired hears which hub this is and may ask to be paired.
 */
export async function openLan(hub: HubParts, options: LanOptions): Promise<Lan> {
  const { presence, feed } = options
  const answer = apiHandler(hub)
  const links = new Map<TLSSocket, Link>()
  let renewing = false
  const https = createServer({ ...tlsOptions(hub), handshakeTimeout: HANDSHAKE_MS, maxHeaderSize: LARGEST_HEADERS })
  https.keepAliveTimeout = KEEP_ALIVE_MS
  // Its sockets come from the cards' own listeners. Without this word it would not look for requests that never end.
  https.emit('listening')
  https.on('secureConnection', begin)
  https.on('request', serve)
  https.on('upgrade', upgrade)
  https.on('tlsClientError', (_error, socket) => socket.destroy())
  let listeners: CardListeners
  try {
    listeners = await listenOnCards({
      ...options,
      log: hub.log,
      connected: (socket) => {
        renewExpired()
        https.emit('connection', socket)
      },
    })
  } catch (error) {
    https.close()
    throw error
  }

  return {
    get port() {
      return listeners.port()
    },
    get addresses() {
      return listeners.cards().flatMap(({ listening, address }) => (listening ? [address] : []))
    },
    cards: listeners.cards,
    choose: listeners.choose,
    trustChanged,
    renewLeaf,
    cutOff: (deviceId) => {
      for (const link of links.values()) if (link.deviceId === deviceId) link.socket.destroy()
    },
    close: () => {
      listeners.close()
      for (const socket of links.keys()) socket.destroy()
      https.close()
    },
  }

  async function renewLeaf(): Promise<void> {
    if (await hub.trust.renewLeaf()) trustChanged()
  }

  /** After a long sleep, or when a clock was put right: who comes now sees the old leaf, and the new one when they come again. */
  function renewExpired(): void {
    if (renewing || hub.trust.leaf().until > hub.trust.now()) return
    renewing = true
    renewLeaf()
      .catch((error: unknown) => hub.log.error({ err: error }, 'the certificate was not renewed'))
      .finally(() => {
        renewing = false
      })
  }

  function trustChanged(): void {
    https.setSecureContext(tlsOptions(hub))
    for (const link of links.values()) {
      const peer = peerOf(link.socket, hub.trust.accepted())
      if (link.peer && !peer) link.socket.destroy()
      link.peer = peer
    }
  }

  function begin(socket: TLSSocket): void {
    const link: Link = { socket, peer: peerOf(socket, hub.trust.accepted()), deviceId: undefined }
    links.set(socket, link)
    try {
      recognize(link)
    } catch (error) {
      // The table cannot be read: nobody is let in, and the hub says so.
      outside(error, hub)
      socket.destroy()
    }
    socket.once('close', () => {
      links.delete(socket)
      if (link.deviceId) presence.parted(link.deviceId)
    })
  }

  /** The device behind a connection, as the table has it now. */
  function recognize(link: Link): string | undefined {
    const device = link.peer && deviceOf(hub.read, link.peer)
    if (device && link.deviceId === undefined) {
      link.deviceId = device.id
      presence.linked(device.id)
    }
    if (device && link.peer) keepRoot(device, link.peer)
    return device?.id
  }

  /** During a rotation: this station has its new certificate. */
  function keepRoot(device: { id: string; rootFingerprint: string }, { rootFingerprint }: Peer): void {
    if (rootFingerprint === device.rootFingerprint || rootFingerprint !== hub.trust.root().fingerprint) return
    const actor = { userId: null, sessionId: null, device: device.id }
    hub.door
      .write(actor, 'device.newRoot', (w) => noteRoot(w, device.id, rootFingerprint))
      .catch((error: unknown) => hub.log.error({ err: error }, 'a new certificate was not noted'))
  }

  /** @throws Refusal `not_paired`, or `forbidden` for what is not meant for this hub */
  function admit(request: IncomingMessage): string {
    guardLan(request, hub.hubId)
    const link = request.socket instanceof TLSSocket ? links.get(request.socket) : undefined
    const device = link && recognize(link)
    if (device === undefined && !isOpenToAll(request)) throw new Refusal('not_paired')
    return device ?? UNPAIRED
  }

  function serve(request: IncomingMessage, response: ServerResponse): void {
    response.setHeader('cache-control', 'no-store')
    response.setHeader('x-content-type-options', 'nosniff')
    // Nothing stands behind this: what throws here would end the hub.
    handle(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy()
      else answerRefusal(response, error instanceof Refusal ? error : outside(error, hub))
    })
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const device = admit(request)
    const { url = '' } = request
    if (url.startsWith('/api/')) return answer(request, response, device)
    if (!isFeed(url)) throw new Refusal('not_found', { noun: 'route' })
    noteDevice(request, device)
    feed.handleRequest(request, response)
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy())
    try {
      const device = admit(request)
      if (!isFeed(request.url ?? '')) throw new Refusal('not_found', { noun: 'route' })
      noteDevice(request, device)
      feed.handleUpgrade(request, socket, head)
    } catch (error) {
      const { status } = error instanceof Refusal ? error : outside(error, hub)
      socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\n\r\n`)
    }
  }
}

function tlsOptions({ trust }: HubParts): SecureContextOptions & { requestCert: boolean; rejectUnauthorized: boolean } {
  const { key, chain } = trust.leaf()
  return {
    key,
    cert: chain,
    ca: trust.accepted().map((root) => root.toString()),
    minVersion: 'TLSv1.3',
    requestCert: true,
    // Who is not paired may still ask which hub this is: who they are is looked at on every request.
    rejectUnauthorized: false,
  }
}
