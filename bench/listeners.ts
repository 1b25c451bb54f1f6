import { io, type Socket } from 'socket.io-client'
import { readRaw } from './light-socket.ts'

/** Where an event says which visit it is about: the first `id` after this. */
const MARK = Buffer.from('"visits":[{')
const ID = Buffer.from('"id":')
const QUOTE = 34
/** The beginning of a message tells two apart: its name and its number. */
const HEAD = 120
const REMEMBERED = 256
/** In bytes. Messages that are kept longer than a moment would be collected in full: time of the measured again. */
const COPIES = 16_000_000

export type Listeners = {
  /** Begins a measurement: each delivery's latency runs from what `sent` was told of its visit. */
  begin(expected: number): void
  sent(visitId: string): void
  /** Answers when everything expected has come, or after a while without: what came, and when the last came. */
  end(): Promise<{ latencies: Float64Array; lost: number; lastAt: number }>
  close(): void
}

/** Opens many consoles; `auth` is what each says when it connects. */
export async function openListeners(url: string, count: number, auth: object): Promise<Listeners> {
  let sentAt = new Map<string, number>()
  let latencies = new Float64Array(0)
  let received = 0
  let lastAt = 0
  let done = Promise.withResolvers<void>()
  const visitsIn = createReader()
  const hear = (bytes: Buffer) => {
    const now = performance.now()
    for (const visitId of visitsIn(bytes)) {
      const since = sentAt.get(visitId)
      if (since === undefined || received >= latencies.length) continue
      latencies[received] = now - since
      received += 1
      lastAt = now
    }
    if (received === latencies.length) done.resolve()
  }
  const sockets = await Promise.all(Array.from({ length: count }, () => openSocket(url, auth, hear)))
  return {
    begin: (expected) => {
      sentAt = new Map()
      latencies = new Float64Array(expected)
      received = 0
      done = Promise.withResolvers()
    },
    sent: (visitId) => sentAt.set(visitId, performance.now()),
    end: async () => {
      const giveUp = setTimeout(() => done.resolve(), 15_000)
      await done.promise
      clearTimeout(giveUp)
      return { latencies: latencies.subarray(0, received), lost: latencies.length - received, lastAt }
    },
    close: () => {
      for (const socket of sockets) socket.disconnect()
    },
  }
}

function openSocket(url: string, auth: object, hear: (bytes: Buffer) => void): Promise<Socket> {
  const socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false, auth })
  return new Promise((resolve, reject) => {
    socket.once('connect', () => {
      readRaw(socket, hear)
      resolve(socket)
    })
    socket.once('connect_error', reject)
  })
}

/**
 * The visits that a message is about, one for each event in it. The same bytes are searched once, and compared with a copy;
 * one that was overwritten differs, and is searched again.
 */
function createReader(): (bytes: Buffer) => string[] {
  const copies = Buffer.allocUnsafeSlow(COPIES)
  const known = new Map<string, { from: number; length: number; visitIds: string[] }>()
  let end = 0
  return (bytes) => {
    const head = bytes.toString('latin1', 0, HEAD)
    const earlier = known.get(head)
    if (earlier && isCopy(earlier)) return earlier.visitIds
    const visitIds = searchVisits(bytes)
    if (end + bytes.length > COPIES) end = 0
    known.set(head, { from: end, length: bytes.copy(copies, end), visitIds })
    end += bytes.length
    const oldest = known.size > REMEMBERED ? known.keys().next().value : undefined
    if (oldest !== undefined) known.delete(oldest)
    return visitIds

    function isCopy({ from, length }: { from: number; length: number }): boolean {
      return bytes.equals(copies.subarray(from, from + length))
    }
  }
}

/** Read from the bytes: parts of a message's text would hold all of it, and collecting that is time of the measured. */
function searchVisits(bytes: Buffer): string[] {
  const visitIds: string[] = []
  for (let at = bytes.indexOf(MARK); at >= 0; at = bytes.indexOf(MARK, at + MARK.length)) {
    visitIds.push(idAt(bytes, bytes.indexOf(ID, at) + ID.length))
  }
  return visitIds
}

/** An id that is a text, or a number. */
function idAt(bytes: Buffer, from: number): string {
  if (bytes[from] === QUOTE) return bytes.toString('latin1', from + 1, bytes.indexOf(QUOTE, from + 1))
  let end = from
  while (isDigit(bytes[end])) end += 1
  return bytes.toString('latin1', from, end)
}

const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 48 && byte <= 57
