import { io, type Socket } from 'socket.io-client'
import type { Connected, FeedEvent, Frame, ResumeAnswer } from '../../contract/feed.ts'
import { PROTOCOL } from '../../contract/protocol.ts'

/** A batched-feed client that only listens: what it was sent, and a way to wait for more. */
export type Listener = {
  socket: Socket
  connected: Connected
  frames: Frame[]
  events(): FeedEvent[]
  /** Waits until a frame reaches this place on the feed. */
  until(seq: number): Promise<void>
  close(): void
}

export async function listen(url: string, auth: Record<string, unknown>): Promise<Listener> {
  const socket = io(url, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth: { protocol: PROTOCOL, feed: 'batched', ...auth },
  })
  const frames: Frame[] = []
  const waiting = new Set<() => void>()
  socket.on('events', (frame: Frame) => {
    frames.push(frame)
    for (const look of waiting) look()
  })
  const connected = await new Promise<Connected>((resolve, reject) => {
    socket.once('connected', resolve)
    socket.once('connect_error', reject)
  })
  return {
    socket,
    connected,
    frames,
    events: () => frames.flatMap((frame) => frame.events),
    until: (seq) =>
      new Promise((resolve) => {
        const look = () => {
          if ((frames.at(-1)?.upTo ?? connected.seq) < seq) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
    close: () => socket.close(),
  }
}

export function resume(socket: Socket, from: { feed: string; after: number }): Promise<ResumeAnswer> {
  return socket.emitWithAck('resume', from) as Promise<ResumeAnswer>
}

/** The next time that a socket hears this word. */
export function word<T = unknown>(socket: Socket, name: string): Promise<T> {
  return new Promise((resolve) => socket.once(name, resolve))
}

/** Why a handshake was refused. */
export async function refusedHandshake(url: string, auth: Record<string, unknown>): Promise<string> {
  try {
    const listener = await listen(url, auth)
    listener.close()
    return 'was admitted'
  } catch (error) {
    return error instanceof Error ? error.message : 'not an error'
  }
}
