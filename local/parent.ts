import * as z from 'zod'
import type { Fault } from './fault.ts'

/** What a hub's or station's process tells whoever started it. */
export const toParent = z.discriminatedUnion('kind', [
  /** It takes requests on this loopback port, and proves with this key that it is the one that answers there. */
  z.strictObject({ kind: z.literal('ready'), port: z.int().min(1).max(65_535), publicKey: z.string() }),
  /** It cannot start, and what to do about it. */
  z.strictObject({ kind: z.literal('fault'), message: z.string(), advice: z.string() }),
  /** It lives and still listens there. */
  z.strictObject({ kind: z.literal('pong'), id: z.int() }),
  /** Secrets for the computer's own safe, and back: base64. */
  z.strictObject({ kind: z.enum(['protect', 'unprotect']), id: z.int(), value: z.string() }),
])
export type ToParent = z.infer<typeof toParent>

/** What it is told. */
export const toChild = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('stop') }),
  /** Asks for a sign of life. One that has closed its port gives none: only its end is to come then. */
  z.strictObject({ kind: z.literal('ping'), id: z.int() }),
  /** `null`: this computer has no safe, or it does not open for this. */
  z.strictObject({ kind: z.literal('answer'), id: z.int(), value: z.string().nullable() }),
])
export type ToChild = z.infer<typeof toChild>

/** The computer's own safe for keys, as the desktop app lends it. Both answer `null` when there is none. */
export type Safe = {
  protect(secret: Buffer): Promise<Buffer | null>
  unprotect(sealed: Buffer): Promise<Buffer | null>
}

/** A hub or station that takes requests. */
type Listening = { port: number; publicKey: string; isListening(): boolean }

export type Parent = {
  ready(who: Listening): void
  /** Answers once it is on its way, so that the process may end. */
  fault(fault: Fault): Promise<void>
  safe: Safe
}

type Port = {
  post(message: ToParent): Promise<void>
  hear(act: (message: unknown) => void): void
  left(act: () => void): void
}

/**
 * Whoever started this process and can be talked to: the desktop app over its message port, or a launcher over Node's
 * channel. `undefined` when it was started by hand or by the system.
 *
 * @param stop ends this process: it was asked for, or the parent is gone
 */
export function findParent(stop: () => void): Parent | undefined {
  const port = electronPort() ?? nodePort()
  if (!port) return undefined
  const waiting = new Map<number, (value: string | null) => void>()
  let listening: Listening | undefined
  port.hear((raw) => {
    const message = toChild.safeParse(raw).data
    if (message?.kind === 'stop') stop()
    if (message?.kind === 'ping' && listening?.isListening()) void port.post({ kind: 'pong', id: message.id })
    if (message?.kind === 'answer') {
      waiting.get(message.id)?.(message.value)
      waiting.delete(message.id)
    }
  })
  port.left(stop)
  const ask = async (kind: 'protect' | 'unprotect', value: Buffer) => {
    const { promise, resolve } = Promise.withResolvers<string | null>()
    const id = nextQuestion++
    waiting.set(id, resolve)
    void port.post({ kind, id, value: value.toString('base64') })
    const answer = await promise
    return answer === null ? null : Buffer.from(answer, 'base64')
  }
  return {
    ready: (who) => {
      listening = who
      void port.post({ kind: 'ready', port: who.port, publicKey: who.publicKey })
    },
    fault: ({ message, advice }) => port.post({ kind: 'fault', message, advice }),
    safe: { protect: (secret) => ask('protect', secret), unprotect: (sealed) => ask('unprotect', sealed) },
  }
}

let nextQuestion = 1

type ElectronPort = {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
}

/** Electron's port does not say when a message is through. */
const ELECTRON_DELIVERS_MS = 100

/** Only in Electron's utility process; it ends with its parent, so there is nothing to hear of that. */
function electronPort(): Port | undefined {
  const port: unknown = Reflect.get(process, 'parentPort')
  if (!isElectronPort(port)) return undefined
  return {
    post: (message) => {
      port.postMessage(message)
      return new Promise((resolve) => setTimeout(resolve, ELECTRON_DELIVERS_MS))
    },
    hear: (act) => port.on('message', ({ data }) => act(data)),
    left: () => undefined,
  }
}

function isElectronPort(port: unknown): port is ElectronPort {
  return typeof port === 'object' && port !== null && 'postMessage' in port && 'on' in port
}

function nodePort(): Port | undefined {
  if (!process.send) return undefined
  return {
    post: (message) =>
      // A launcher that is just leaving hears nothing any more; `left` stops this process then.
      new Promise((resolve) => {
        if (process.connected) process.send?.(message, undefined, undefined, () => resolve())
        else resolve()
      }),
    hear: (act) => void process.on('message', act),
    left: (act) => void process.once('disconnect', act),
  }
}
