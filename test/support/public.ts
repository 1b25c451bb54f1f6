import { request } from 'node:http'
import { io, type Socket } from 'socket.io-client'
import type { SlipState, TicketState, Tracked } from '../../contract/public.ts'
import type { SlipStateName, TicketStateName } from '../../contract/public-words.ts'
import type { Card } from '../../local/cards.ts'
import { tokenKeys } from '../../server/auth/tokens.ts'
import { tokenOf } from '../../server/public/tokens.ts'
import type { TestClinic } from './clinic.ts'

/** A network card of the loopback network: where a phone comes from is then another address than the hub's own. */
export const loopbackCard = (address = '127.0.0.2', name = 'wifi0'): Card => ({
  name,
  address,
  netmask: '255.0.0.0',
  broadcast: '127.255.255.255',
})

/** Options of a hub that serves phones on `127.0.0.2`, and has nothing else on the network. */
export const forPhones = (cards: () => Card[] = () => [loopbackCard()]) => ({
  publicPort: 0,
  lan: { listCards: cards, findable: null, keepAwake: false },
})

/** Where the phones of a clinic find its hub. */
export function publicUrl({ hub }: TestClinic): string {
  const { port = 0, addresses = [] } = hub.publicSide ?? {}
  return `http://${addresses[0]}:${port}`
}

/** The token on a ticket, or on an appointment's slip. */
export function tokenFor({ dataDir }: TestClinic, kind: 'ticket' | 'slip', id: string): string {
  return tokenOf(tokenKeys(dataDir), kind, id)
}

export type Answer = { status: number; headers: Record<string, string>; body: string; ms: number }

type Asked = { method?: string; headers?: Record<string, string>; body?: string; from?: string }

/** A request as any program may send it: also with a `Host`, and from an address, of its choice. */
export function ask(url: string, { method = 'GET', headers = {}, body, from }: Asked = {}): Promise<Answer> {
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method, headers, agent: false, ...(from ? { localAddress: from } : {}) },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers as Record<string, string>,
            body: Buffer.concat(chunks).toString(),
            ms: performance.now() - began,
          }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

/** What a page does on its listener. */
export function act(url: string, body: unknown, from?: string): Promise<Answer> {
  const headers = { 'content-type': 'application/json', origin: new URL(url).origin }
  return ask(url, { method: 'POST', headers, body: JSON.stringify(body), ...(from ? { from } : {}) })
}

/** What a phone was told, of a ticket or of a slip. */
export type Told = Omit<TicketState & SlipState, 'state'> & { state: TicketStateName | SlipStateName }

/** A phone that follows tickets and slips: what it was told, and a way to wait for more. */
export type Phone = {
  socket: Socket
  told: Told[]
  ticket(token: string): Promise<Tracked<TicketState>>
  slip(token: string): Promise<Tracked<SlipState>>
  /** Waits until what was told last looks like this. */
  until(look: (state: Told) => boolean): Promise<Told>
  close(): void
}

export async function aPhone(url: string, options: { reconnection?: boolean; from?: string } = {}): Promise<Phone> {
  const { reconnection = false, from } = options
  const socket = io(`${url}/track`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection,
    reconnectionDelay: 50,
    reconnectionDelayMax: 200,
    ...(from ? { localAddress: from } : {}),
  })
  const told: Told[] = []
  const looks = new Set<() => void>()
  const hear = (state: Told) => {
    told.push(state)
    for (const look of looks) look()
  }
  socket.on('queue_updated', hear)
  socket.on('slip_updated', hear)
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', () => resolve())
    socket.once('connect_error', reject)
  })
  return {
    socket,
    told,
    ticket: (token) => socket.emitWithAck('join_queue', { token }),
    slip: (token) => socket.emitWithAck('join_slip', { token }),
    until: (wanted) =>
      new Promise((resolve) => {
        const look = () => {
          const last = told.at(-1)
          if (!last || !wanted(last)) return
          looks.delete(look)
          resolve(last)
        }
        looks.add(look)
        look()
      }),
    close: () => socket.close(),
  }
}

/** The state in an answer; fails when it is a refusal. */
export function stateOf<T>(answer: Tracked<T>): T {
  if (answer.ok) return answer.state
  throw new Error(`refused: ${answer.code}`)
}
