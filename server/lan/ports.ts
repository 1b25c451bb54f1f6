import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { systemCode } from '../../local/fault.ts'

/** One card's address on which the hub listens: what came in through it, and how to close it. */
export type Listening = { address: string; port: number; close(): void }

/** Connections to one card that are open at once, in all and from one computer: a station has one for each window and a few more. */
const MOST_CONNECTIONS = 2000
const MOST_FROM_ONE = 200

/** @returns what listens, or the operating system's code of why not */
export function listenOn(
  address: string,
  port: number,
  connected: (socket: Socket) => void,
): Promise<Listening | { failed: string }> {
  const sockets = new Set<Socket>()
  const from = new Map<string, number>()
  const server = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: 10_000 }, (socket) => {
    const { remoteAddress = '' } = socket
    const count = (from.get(remoteAddress) ?? 0) + 1
    if (count > MOST_FROM_ONE) return socket.destroy()
    from.set(remoteAddress, count)
    sockets.add(socket)
    socket.once('close', () => {
      sockets.delete(socket)
      const left = (from.get(remoteAddress) ?? 1) - 1
      if (left > 0) from.set(remoteAddress, left)
      else from.delete(remoteAddress)
    })
    connected(socket)
  })
  server.maxConnections = MOST_CONNECTIONS
  return new Promise((resolve) => {
    server.once('error', (error) => resolve({ failed: systemCode(error) ?? 'unknown' }))
    server.listen({ host: address, port, exclusive: true }, () => {
      // The card may go while it listens: what follows from that is told by the cards.
      server.on('error', () => undefined)
      resolve({ address, port: portOf(server), close: () => closeAll(server, sockets) })
    })
  })
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

function closeAll(server: Server, sockets: Iterable<Socket>): void {
  server.close()
  for (const socket of sockets) socket.destroy()
}
