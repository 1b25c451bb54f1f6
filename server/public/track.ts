import type { Namespace, Server, Socket } from 'socket.io'
import { Refusal } from '../../contract/errors.ts'
import type { Refused, SlipState, TicketState, TrackRequests, TrackWords } from '../../contract/public.ts'
import type { Visit } from '../../contract/visits.ts'
import { bug } from '../../local/bug.ts'
import type { RoutedEvent } from '../db/outbox.ts'
import type { HubParts } from '../http/context.ts'
import { REFUSED_MS, secondsOf } from './answers.ts'
import { addressOf } from './guard-public.ts'
import type { Guesses } from './guesses.ts'
import { slipStateOf } from './slip-state.ts'
import { type Moment, momentOf, ticketStateOf, ticketVisit } from './ticket-state.ts'
import { idOfToken, type TokenKind } from './tokens.ts'

type TrackSocket = Socket<TrackRequests, TrackWords>

/** One ticket or slip that somebody looks at: the phones that do, and what they were told last. */
type Tracked = { clinicId: string; room: string; sockets: Set<TrackSocket>; told: string }

export type TrackFeed = {
  /** Called after each commit: whoever's state it has changed hears of it. */
  publish(events: readonly RoutedEvent[]): void
  /** Looks at everybody again: time alone changes what is expected. */
  refresh(): void
  /** How many tickets and slips somebody looks at. */
  tracked(): number
  close(): void
}

/** Commits that follow on each other's heels are told of together, this far apart. */
const TOGETHER_MS = 60
const REFRESH_MS = 10_000
/** Tickets on one phone: a family's. */
const MOST_A_SOCKET = 12
/** What one phone may ask in ten seconds: a page asks once. */
const MOST_ASKED = 30
const ASKED_MS = 10_000

/**
 * The namespace `/track` (design 4): `join_queue` with a ticket's token joins the room of its queue and answers what is
 * so now; `queue_updated` follows, about that ticket alone. The same for an appointment's slip.
 */
export function openTrack(io: Server, hub: HubParts, guesses: Guesses): TrackFeed {
  const track: Namespace<TrackRequests, TrackWords> = io.of('/track')
  const tickets = new Map<string, Tracked>()
  const slips = new Map<string, Tracked>()
  const touched = new Set<string>()
  let flushing: NodeJS.Timeout | undefined
  let flushed = 0
  const clock = setInterval(refresh, REFRESH_MS)
  clock.unref()
  track.on('connection', answerRequests)

  return {
    publish,
    refresh,
    tracked: () => tickets.size + slips.size,
    close: () => {
      clearInterval(clock)
      clearTimeout(flushing)
    },
  }

  function answerRequests(socket: TrackSocket): void {
    const mayAsk = asking()
    const following = new Set<string>()
    const asked = <State>(
      request: unknown,
      answer: unknown,
      kind: TokenKind,
      act: (recordId: string) => { ok: true; state?: State },
    ): void => {
      if (!mayAsk()) return void socket.disconnect(true)
      try {
        reply(answer, act(recordOf(socket, kind, request)))
      } catch (error) {
        const refused = refusedBy(error)
        setTimeout(() => reply(answer, refused), REFUSED_MS).unref()
      }
    }
    const follow = (known: Map<string, Tracked>, kind: TokenKind, id: string, state: object, place: Place) => {
      if (following.size >= MOST_A_SOCKET) throw new Refusal('too_many', { seconds: ASKED_MS / 1000 })
      const entry = known.get(id) ?? { ...place, sockets: new Set(), told: '' }
      known.set(id, entry)
      entry.sockets.add(socket)
      entry.told = JSON.stringify(state)
      following.add(`${kind} ${id}`)
      void socket.join(entry.room)
    }
    const part = (known: Map<string, Tracked>, kind: TokenKind, id: string) => {
      const entry = known.get(id)
      following.delete(`${kind} ${id}`)
      if (!entry?.sockets.delete(socket)) return
      if (entry.sockets.size === 0) known.delete(id)
      if (!sharesRoom(socket, entry.room)) void socket.leave(entry.room)
    }
    socket.on('join_queue', (request, answer) =>
      asked(request, answer, 'ticket', (id) => {
        const moment = present()
        const visit = ticketVisit(hub.read, id)
        if (!visit) throw new Refusal('not_found', { noun: 'visits' })
        const state = ticketStateOf(moment, visit)
        tell(tickets.get(id), state, (other) => other.emit('queue_updated', state))
        follow(tickets, 'ticket', id, state, placeOfVisit(visit))
        return { ok: true, state }
      }),
    )
    socket.on('join_slip', (request, answer) =>
      asked(request, answer, 'slip', (id) => {
        const appointment = hub.read.find('appointments', id)
        if (!appointment) throw new Refusal('not_found', { noun: 'appointments' })
        const state = slipStateOf({ ...present(), keys: hub.keys }, appointment)
        tell(slips.get(id), state, (other) => other.emit('slip_updated', state))
        follow(slips, 'slip', id, state, { clinicId: appointment.clinicId, room: `slip_${id}` })
        return { ok: true, state }
      }),
    )
    socket.on('leave_queue', (request, answer) =>
      asked(request, answer, 'ticket', (id) => {
        part(tickets, 'ticket', id)
        return { ok: true }
      }),
    )
    socket.on('leave_slip', (request, answer) =>
      asked(request, answer, 'slip', (id) => {
        part(slips, 'slip', id)
        return { ok: true }
      }),
    )
    socket.on('disconnect', () => {
      for (const key of [...following]) {
        const [kind, id = ''] = key.split(' ')
        if (kind === 'ticket') part(tickets, 'ticket', id)
        else part(slips, 'slip', id)
      }
    })
  }

  function recordOf(socket: TrackSocket, kind: TokenKind, request: unknown): string {
    const address = addressOf(socket.request)
    guesses.check(address)
    const token = typeof request === 'object' && request !== null && 'token' in request ? request.token : undefined
    const recordId = idOfToken(hub.keys, kind, token)
    if (recordId === undefined) {
      guesses.wrong(address)
      throw new Refusal('not_found', { noun: 'page' })
    }
    guesses.right(address)
    return recordId
  }

  function refusedBy(error: unknown): Refused {
    if (!(error instanceof Refusal)) {
      bug(error, hub)
      return { ok: false, code: 'internal' }
    }
    if (error.code === 'too_many') return { ok: false, code: 'too_many', seconds: secondsOf(error) }
    return { ok: false, code: 'not_found' }
  }

  function publish(events: readonly RoutedEvent[]): void {
    if (tickets.size === 0 && slips.size === 0) return
    for (const event of events) for (const clinicId of clinicsOf(event)) touched.add(clinicId)
    if (touched.size > 0 && !flushing)
      flushing = setTimeout(flush, Math.max(0, flushed + TOGETHER_MS - performance.now()))
  }

  function refresh(): void {
    for (const { clinicId } of [...tickets.values(), ...slips.values()]) touched.add(clinicId)
    if (touched.size > 0) flush()
  }

  function flush(): void {
    clearTimeout(flushing)
    flushing = undefined
    flushed = performance.now()
    const clinics = new Set(touched)
    touched.clear()
    try {
      hub.readTogether(() => tellAll(clinics))
    } catch (error) {
      bug(error, hub)
    }
  }

  function tellAll(clinics: ReadonlySet<string>): void {
    const moment = present()
    for (const [id, entry] of tickets) {
      if (!clinics.has(entry.clinicId)) continue
      const visit = ticketVisit(hub.read, id)
      if (!visit) continue
      moveRoom(entry, placeOfVisit(visit).room)
      const state = ticketStateOf(moment, visit)
      tell(entry, state, (socket) => socket.emit('queue_updated', state))
    }
    for (const [id, entry] of slips) {
      const appointment = clinics.has(entry.clinicId) ? hub.read.find('appointments', id) : undefined
      if (!appointment) continue
      const state = slipStateOf({ ...moment, keys: hub.keys }, appointment)
      tell(entry, state, (socket) => socket.emit('slip_updated', state))
    }
  }

  /** All phones of a ticket are told alike: one that comes new must not leave the others behind. */
  function tell(entry: Tracked | undefined, state: TicketState | SlipState, send: (socket: TrackSocket) => void): void {
    const text = JSON.stringify(state)
    if (!entry || text === entry.told) return
    entry.told = text
    for (const socket of entry.sockets) send(socket)
  }

  /** A transfer takes the ticket to another queue. */
  function moveRoom(entry: Tracked, room: string): void {
    if (room === entry.room) return
    const left = entry.room
    entry.room = room
    for (const socket of entry.sockets) {
      if (!sharesRoom(socket, left)) void socket.leave(left)
      void socket.join(room)
    }
  }

  /** Whether another ticket of this phone is in that queue too. */
  function sharesRoom(socket: TrackSocket, room: string): boolean {
    return [...tickets.values()].some((entry) => entry.room === room && entry.sockets.has(socket))
  }

  function present(): Moment {
    return momentOf(hub.read, new Date(hub.clock()).toISOString())
  }
}

type Place = { clinicId: string; room: string }

function placeOfVisit({ clinicId, doctorId, poolId }: Visit): Place {
  return { clinicId, room: `queue_${doctorId ?? poolId ?? clinicId}` }
}

/** The clinics whose lines an event may have changed; most of what it carries says whose it is. */
function clinicsOf({ clinicId, changes }: RoutedEvent): string[] {
  if (clinicId !== null) return [clinicId]
  return [
    ...(changes.visits ?? []),
    ...(changes.appointments ?? []),
    ...(changes.doctors ?? []),
    ...(changes.pools ?? []),
  ].map((record) => record.clinicId)
}

function asking(): () => boolean {
  let began = performance.now()
  let count = 0
  return () => {
    if (performance.now() - began > ASKED_MS) {
      began = performance.now()
      count = 0
    }
    count += 1
    return count <= MOST_ASKED
  }
}

function reply(answer: unknown, value: unknown): void {
  if (typeof answer === 'function') answer(value)
}
