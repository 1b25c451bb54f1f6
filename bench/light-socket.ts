import type { Socket } from 'socket.io-client'

type RawMessage = (data: Buffer, isBinary: boolean) => void
type NodeWebSocket = {
  onmessage: unknown
  on(event: 'message', listener: RawMessage): void
}

/** Engine.IO's and Socket.IO's first characters of an event in the main namespace. */
const EVENT = Buffer.from('42["')

/**
 * Reads a connected socket's events as the bytes that came, before anything decodes them, and leaves everything else
 * (pings, answers) to the client. On both sides alike: the consoles of a clinic parse on machines of their own, and here
 * they would take the time of the one that is measured.
 */
export function readRaw(socket: Socket, hear: (bytes: Buffer) => void): void {
  const transport = socket.io.engine.transport as unknown as { ws: NodeWebSocket; onData(text: string): void }
  transport.ws.onmessage = null
  transport.ws.on('message', (data) => {
    if (data.subarray(0, EVENT.length).equals(EVENT)) hear(data)
    else transport.onData(data.toString())
  })
}
