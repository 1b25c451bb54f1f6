import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { Server, type Socket } from 'socket.io'
import {
  type Ack,
  type ClientRequests,
  type Connected,
  type EventType,
  type FeedEvent,
  type Frame,
  type Heartbeat,
  handshake,
} from '../../contract/feed.ts'
import { OLDEST_PROTOCOL, PROTOCOL } from '../../contract/protocol.ts'
import { bug } from '../../local/bug.ts'
import { guardHost, guardOrigin } from '../../local/guards.ts'
import type { Person } from '../auth/person.ts'
import { livePerson } from '../auth/sessions.ts'
import type { RoutedEvent } from '../db/outbox.ts'
import { type HubParts, LOOPBACK } from '../http/context.ts'
import { requestDevice } from '../lan/peers.ts'
import { hasClinical, userRoom, type Viewer, visibleTo, withoutClinical } from './audience.ts'
import { resumeFrom } from './resume.ts'
import { baseRooms, clinicRooms, doctorRooms, mayJoinDoctor, mayWatchPatient, patientRooms } from './rooms.ts'

type ServerWords = {
  connected: (word: Connected) => void
  events: (frame: Frame) => void
  heartbeat: (beat: Heartbeat) => void
} & { [named in EventType]: (event: FeedEvent) => void }

type SocketData = { person: Person; rooms: Set<string>; batched: boolean; audience: string }
type FeedSocket = Socket<ClientRequests, ServerWords, Record<string, never>, SocketData>

type Failed = Extract<Ack, { ok: false }>

export type LiveFeed = {
  /** Sends the events of one commit. Called by the write door and by nothing else. */
  publish(events: RoutedEvent[]): void
  /** How many sockets are open. */
  connections(): number
  /** Takes what the network's listener has admitted and noted the device of. */
  handleRequest(request: IncomingMessage, response: ServerResponse): void
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  close(): Promise<void>
}

export type LiveFeedOptions = {
  hosts: () => ReadonlySet<string>
  clockRate: number
  /** The last sequence number in the database at start. */
  position: number
  presence(userId: string, online: boolean): void
}

const HEARTBEAT_MS = 5000

/** The hub's live feed over Socket.IO: batched frames for consoles, named events for any other client (design 4). */
export function openLiveFeed(http: HttpServer, hub: () => HubParts, options: LiveFeedOptions): LiveFeed {
  const io = new Server<ClientRequests, ServerWords, Record<string, never>, SocketData>(http, {
    transports: ['websocket', 'polling'],
    serveClient: false,
    pingInterval: 5000,
    pingTimeout: 4000,
    maxHttpBufferSize: 64_000,
    perMessageDeflate: false,
    allowRequest: (request, answer) => {
      try {
        // The network's listener has looked at its own before it handed them on.
        if (requestDevice(request) !== LOOPBACK) return answer(null, true)
        guardHost(request.headers, options.hosts())
        guardOrigin(request.headers)
        answer(null, true)
      } catch {
        answer('not from here', false)
      }
    },
  })
  let position = options.position
  /** Sockets that see the same share one frame, encoded once. */
  const audiences = new Map<string, Viewer>()
  const beat = setInterval(() => io.emit('heartbeat', { feed: hub().feed, seq: position, ...time() }), HEARTBEAT_MS)

  io.use((socket, next) => {
    const outcome = answerOf(() => admit(socket as FeedSocket, hub()))
    const refused = typeof outcome === 'object' ? outcome.code : outcome
    next(refused ? Object.assign(new Error(refused), { data: { code: refused } }) : undefined)
  })
  io.on('connection', welcome)
  hub().sessions.onEnded((sessionIds) => {
    for (const id of sessionIds) io.in(sessionRoom(id)).disconnectSockets(true)
  })
  hub().sessions.onChanged(recheck)

  return {
    publish,
    connections: () => io.engine.clientsCount,
    handleRequest: (request, response) => io.engine.handleRequest(request, response),
    handleUpgrade: (request, socket, head) => io.engine.handleUpgrade(request, socket, head),
    close: async () => {
      clearInterval(beat)
      await io.close()
    },
  }

  function time(): { at: string; rate: number } {
    return { at: new Date(hub().clock()).toISOString(), rate: options.clockRate }
  }

  function welcome(socket: FeedSocket): void {
    const { person, batched } = socket.data
    socket.join([sessionRoom(person.sessionId), person.clinical ? 'clinical' : 'plain'])
    if (batched) {
      socket.join(ownFrames(userRoom(person.userId)))
      placeInAudience(socket)
    } else socket.join([...socket.data.rooms])
    answerRequests(socket)
    const { feed } = hub()
    socket.emit('connected', { feed, seq: position, userId: person.userId, sessionId: person.sessionId, ...time() })
    options.presence(person.userId, true)
    socket.on('disconnect', () => options.presence(person.userId, false))
  }

  function placeInAudience(socket: FeedSocket): void {
    const { rooms, person, audience } = socket.data
    const shared = [...rooms].filter((room) => !room.startsWith('user_')).sort()
    const next = `audience ${person.clinical ? 'clinical' : 'plain'} ${shared.join(' ')}`
    if (next === audience) return
    if (audience) socket.leave(audience)
    if (audience && !io.of('/').adapter.rooms.has(audience)) audiences.delete(audience)
    audiences.set(next, { rooms: new Set(shared), clinical: person.clinical })
    socket.data.audience = next
    socket.join(next)
  }

  function answerRequests(socket: FeedSocket): void {
    const enter = (rooms: string[]) => {
      for (const room of rooms) socket.data.rooms.add(room)
      if (socket.data.batched) placeInAudience(socket)
      else socket.join(rooms)
    }
    const leave = (rooms: string[]) => {
      for (const room of rooms) socket.data.rooms.delete(room)
      if (socket.data.batched) placeInAudience(socket)
      else for (const room of rooms) socket.leave(room)
    }
    const { person } = socket.data
    const refuse = { ok: false, code: 'forbidden', message: 'Your role may not do this.' } as const
    const answered = <T>(answer: ((value: T | Failed) => void) | undefined, act: () => NoInfer<T | Failed>) =>
      respond(answer, answerOf(act))
    const join = (may: boolean, rooms: string[]): Ack => {
      if (!may) return refuse
      enter(rooms)
      return { ok: true }
    }
    const part = (rooms: string[]): Ack => {
      leave(rooms)
      return { ok: true }
    }

    socket.on('join_queue_room', (room, answer) => {
      const { clinicId } = roomRequest(room)
      answered(answer, () => join(person.clinicIds.includes(clinicId), clinicRooms(person, clinicId)))
    })
    socket.on('leave_queue_room', (room, answer) => {
      answered(answer, () => part(clinicRooms(person, roomRequest(room).clinicId)))
    })
    socket.on('join_doctor_room', (room, answer) => {
      const { doctorId } = roomRequest(room)
      answered(answer, () => join(mayJoinDoctor(hub().read, person, doctorId), doctorRooms(doctorId)))
    })
    socket.on('leave_doctor_room', (room, answer) => {
      answered(answer, () => part(doctorRooms(roomRequest(room).doctorId)))
    })
    socket.on('join_patient_room', (room, answer) => {
      const { patientId } = roomRequest(room)
      answered(answer, () => join(mayWatchPatient(hub().read, person, patientId), patientRooms(person, patientId)))
    })
    socket.on('leave_patient_room', (room, answer) => {
      answered(answer, () => part(patientRooms(person, roomRequest(room).patientId)))
    })
    socket.on('resume', (from, answer) => {
      const viewer = { rooms: socket.data.rooms, clinical: person.clinical }
      answered(answer, () => resumeFrom(hub(), position, viewer, from))
    })
  }

  /** A bug in one request is that request's: nothing above a socket's listener would catch it. */
  function answerOf<T>(act: () => T): T | Failed {
    try {
      return act()
    } catch (error) {
      const { code, message } = bug(error, hub())
      return { ok: false, code, message }
    }
  }

  function publish(events: RoutedEvent[]): void {
    const upTo = events.at(-1)?.seq ?? position
    try {
      send(events, upTo)
    } finally {
      // Whatever went wrong, the next frame begins after these: who missed them sees a gap and resumes.
      position = upTo
    }
  }

  function send(events: RoutedEvent[], upTo: number): void {
    const { feed } = hub()
    const { rooms } = io.of('/').adapter
    const personal = personalRooms(events).filter((room) => rooms.has(room))
    for (const [audience, viewer] of audiences) {
      if (!rooms.has(audience)) audiences.delete(audience)
      else
        io.to(audience)
          .except(personal)
          .emit('events', frameFor(viewer, feed, upTo, events))
    }
    for (const room of personal) for (const id of rooms.get(room) ?? []) sendOwn(id)
    for (const event of events) publishNamed(event)

    function sendOwn(socketId: string): void {
      const socket = io.of('/').sockets.get(socketId)
      socket?.emit('events', frameFor(viewerOf(socket), feed, upTo, events))
    }
  }

  function frameFor(viewer: Viewer, feed: string, upTo: number, events: RoutedEvent[]): Frame {
    return { feed, after: position, upTo, events: visibleTo(viewer, events) }
  }

  function publishNamed({ rooms, ...event }: RoutedEvent): void {
    const listening = rooms.filter((room) => io.of('/').adapter.rooms.has(room))
    if (listening.length === 0) return
    if (!hasClinical(event.changes)) io.to(listening).emit(event.type, event)
    else {
      io.to(listening).except('plain').emit(event.type, event)
      io.to(listening)
        .except('clinical')
        .emit(event.type, { ...event, changes: withoutClinical(event.changes) })
    }
  }

  /** Somebody's roles, clinics or session changed: whoever is no longer who they were connects again. */
  function recheck(): void {
    for (const socket of io.of('/').sockets.values()) {
      const { person } = socket.data
      const now = livePerson(hub().read, person.sessionId, person.device)
      if (!now) socket.disconnect(true)
      else if (JSON.stringify(now) !== JSON.stringify(person)) socket.conn.close()
    }
  }
}

function viewerOf(socket: { data: SocketData }): Viewer {
  return { rooms: socket.data.rooms, clinical: socket.data.person.clinical }
}

/** Checks the handshake and prepares the socket; answers the code of the refusal. */
function admit(socket: FeedSocket, hub: HubParts): string | undefined {
  const parsed = handshake.safeParse(socket.handshake.auth)
  if (!parsed.success) return 'bad_input'
  const { token, protocol, feed, clinicId, doctorId } = parsed.data
  if (protocol !== undefined && (protocol < OLDEST_PROTOCOL || protocol > PROTOCOL)) return 'wrong_protocol'
  const person = hub.sessions.find(token, requestDevice(socket.request))
  if (!person) return 'not_signed_in'
  if (clinicId && !person.clinicIds.includes(clinicId)) return 'forbidden'
  if (doctorId && !mayJoinDoctor(hub.read, person, doctorId)) return 'forbidden'
  const rooms = new Set(baseRooms(person))
  if (clinicId) for (const room of clinicRooms(person, clinicId)) rooms.add(room)
  if (doctorId) for (const room of doctorRooms(doctorId)) rooms.add(room)
  socket.data = { person, rooms, batched: feed === 'batched', audience: '' }
  return undefined
}

/** The sockets that get frames of their own when something is for their person alone; all others go on sharing theirs. */
const ownFrames = (room: string) => `own ${room}`

function personalRooms(events: readonly RoutedEvent[]): string[] {
  const rooms = events.flatMap((event) => event.rooms.filter((room) => room.startsWith('user_')))
  return [...new Set(rooms)].map(ownFrames)
}

const sessionRoom = (sessionId: string) => `session_${sessionId}`

/** A request comes from outside: it may be anything. */
function roomRequest(room: unknown): { clinicId: string; doctorId: string; patientId: string } {
  const { clinicId, doctorId, patientId } = (room ?? {}) as Record<string, unknown>
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  return { clinicId: text(clinicId), doctorId: text(doctorId), patientId: text(patientId) }
}

function respond<T>(answer: ((value: T) => void) | undefined, value: T): void {
  if (typeof answer === 'function') answer(value)
}
