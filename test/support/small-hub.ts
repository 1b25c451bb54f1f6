import { X509Certificate } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { TLSSocket } from 'node:tls'
import { v7 as uuidv7 } from 'uuid'
import { readJson } from '../../local/body.ts'
import { crossSign, makeLeaf, makeRoot, makeStationCertificate, type Signed } from '../../server/trust/certificates.ts'

/** One root for many hubs: making one takes its time. */
export const aRoot = (): Promise<Signed> => makeRoot('0192f000-0000-7000-8000-000000000000')

/** What a test makes of a request; `undefined` leaves it to the hub. */
export type Answers = Record<
  string,
  (body: never, request: IncomingMessage) => [number, unknown] | Promise<[number, unknown]>
>

/**
 * The network side of a hub and nothing behind it, with real certificates and real TLS: for what a real hub would never
 * say. Whatever is not in `answers` is told back as it came.
 */
export type SmallHub = {
  hubId: string
  root: Signed
  info: { name: string; hubId: string; epoch: number; version: string; protocol: { oldest: number; newest: number } }
  /** Whether it knows the computers that ask. */
  knows: boolean
  answers: Answers
  /** What came, as `GET /api/info`. */
  seen: string[]
  address: string
  port: number
  /** Shows a leaf of its root from now on: for another name, or until another instant. */
  showLeaf(of: { hubId?: string; until?: number }): Promise<void>
  /** A new root, vouched for by the one before. */
  rotate(): Promise<{ crossSigned: string }>
  /** What a station of this hub pins. */
  aStation(): Promise<{
    hubId: string
    hubName: string
    hubVersion: string
    roots: string[]
    deviceId: string
    deviceName: string
    epoch: number
  }>
  certify(deviceId: string, spki: Uint8Array): Promise<string>
  sockets(): number
  stop(): Promise<void>
  /** Listens again, there or elsewhere. */
  listen(host?: string, port?: number): Promise<void>
}

export async function smallHub(
  given: { hubId?: string; root?: Signed; name?: string; epoch?: number; until?: number; leafName?: string } = {},
): Promise<SmallHub> {
  const hubId = given.hubId ?? uuidv7()
  const root = given.root ?? (await makeRoot(hubId))
  const epoch = given.epoch ?? 1
  const until = given.until ?? Date.now() + 86_400_000
  let leaf = await makeLeaf(root, { hubId: given.leafName ?? hubId, epoch, until })
  let server: Server | undefined
  const open = new Set<Socket | Duplex>()
  const hub: SmallHub = {
    hubId,
    root,
    info: { name: given.name ?? 'Small', hubId, epoch, version: '0.1.0', protocol: { oldest: 1, newest: 1 } },
    knows: true,
    answers: {},
    seen: [],
    address: '127.0.0.1',
    port: 0,
    showLeaf: async (of) => show(await makeLeaf(hub.root, { hubId, epoch, until, ...of })),
    rotate: async () => {
      const next = await makeRoot(hubId)
      const crossSigned = await crossSign(next.certificate, hub.root)
      const shown = await makeLeaf(next, { hubId, epoch, until })
      hub.root = next
      show({ key: shown.key, certificate: `${shown.certificate}\n${crossSigned}` })
      return { crossSigned }
    },
    aStation: async () => ({
      hubId,
      hubName: hub.info.name,
      hubVersion: hub.info.version,
      roots: [hub.root.certificate],
      deviceId: uuidv7(),
      deviceName: 'Reception',
      epoch,
    }),
    certify: (deviceId, spki) => makeStationCertificate(hub.root, { deviceId, key: spki }),
    sockets: () => open.size,
    stop: async () => {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)))
      server = undefined
    },
    listen: async (host = hub.address, port = hub.port) => {
      const next = createServer(tls())
      server = next
      next.on('connection', keep)
      next.on('request', serve)
      next.on('upgrade', (request, socket) => {
        keep(socket)
        hub.seen.push(`UPGRADE ${request.url}`)
        socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
        socket.pipe(socket)
      })
      await new Promise<void>((resolve) => next.listen({ host, port }, resolve))
      hub.address = host
      hub.port = (next.address() as AddressInfo).port
    },
  }
  await hub.listen()
  return hub

  function show(next: Signed): void {
    leaf = next
    server?.setSecureContext(tls())
  }

  function tls() {
    const { key, certificate: cert } = leaf
    const ca = [hub.root.certificate]
    return { key, cert, ca, requestCert: true, rejectUnauthorized: false, minVersion: 'TLSv1.3' as const }
  }

  function keep(socket: Socket | Duplex): void {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    socket.on('error', () => socket.destroy())
  }

  function serve(request: IncomingMessage, response: ServerResponse): void {
    const name = `${request.method} ${request.url?.replace(/[0-9a-f-]{36}/, 'ID')}`
    hub.seen.push(name)
    answer(name, request).then(
      ([status, body]) => {
        response.writeHead(status, {
          'content-type': 'application/json',
          'set-cookie': 'rt_a_b=1; HttpOnly; Path=/api/auth',
        })
        response.end(JSON.stringify(body))
      },
      () => response.destroy(),
    )
  }

  async function answer(name: string, request: IncomingMessage): Promise<[number, unknown]> {
    const act = hub.answers[name]
    const body = (await readJson(request)) as never
    if (act) return act(body, request)
    const { socket, headers, method, url } = request
    const shown = socket instanceof TLSSocket && socket.getPeerX509Certificate() !== undefined
    const device = shown && hub.knows ? { id: uuidv7(), name: 'Reception' } : null
    if (name === 'GET /api/info') return [200, { ...hub.info, device, root: fingerprint(), demonstration: null }]
    return [200, { method, url, headers, body }]
  }

  function fingerprint(): string {
    return new X509Certificate(hub.root.certificate).fingerprint256
      .split(':')
      .reduce((bytes, hex) => Buffer.concat([bytes, Buffer.from(hex, 'hex')]), Buffer.alloc(0))
      .toString('base64url')
  }
}
