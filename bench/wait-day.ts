import type { Stay } from '../rules/consultation-pace.ts'
import { isoInstant, MINUTE_MS } from '../rules/instants.ts'
import { appointmentsCalledInARow, nextToCall, orderQueue } from '../rules/queue-order.ts'
import type { AppointmentToCome, WaitingVisit } from '../rules/wait-question.ts'
import { logNormal, type Random } from '../server/demo/random.ts'
import {
  bookingsOf,
  dayTruthOf,
  levelFor,
  POOL,
  type ReplayDoctor,
  replayVisit,
  SESSIONS,
  settings,
  trueLength,
} from './wait-clinic.ts'

/** What a clinic remembers from day to day: all that the hub would find in its visits. */
export type Memory = {
  stays: (Stay & { doctorId: string; serviceId: string | null; visitId: string })[]
  offsetsMs: number[]
  holdsMs: number[]
  booked: number
  missed: number
  looked: number
  raised: number
  urgent: Pick<WaitingVisit, 'urgency' | 'doctorId' | 'poolId' | 'serviceId'>[]
  openHours: number
}

/** One who has come today. */
export type Here = {
  visit: WaitingVisit
  calledMs: number | undefined
  /** When the first call was. */
  firstCalledMs: number | undefined
  beganMs: number | undefined
  heldMs: number | undefined
  hadMs: number
  waitingMs: number
}

export type Desk = {
  doctor: ReplayDoctor
  presentId: string | undefined
  freeMs: number | undefined
  beganMs: number | undefined
  breakMs: number
  calls: Here[]
}

/** A day under way, as one who predicts may see it. */
export type Scene = {
  nowMs: number
  startMs: number
  here: Map<string, Here>
  desks: Desk[]
  toCome: Map<string, AppointmentToCome>
  memory: Memory
}

type Hooks = {
  checkedIn(scene: Scene, id: string): void
  passing(scene: Scene): void
  called(scene: Scene, id: string): void
}

/** How often one who waits asks again, in minutes. */
const ASK_EVERY = 17

/**
 * Plays one day: appointments kept early, late or not at all, walk-ins, emergencies, a nurse who raises and lowers, tests
 * in between, breaks that nobody announces, doctors who begin late and hurry when many wait. The order is the hub's own.
 */
export function playDay(
  day: number,
  doctors: readonly ReplayDoctor[],
  memory: Memory,
  random: Random,
  hooks: Hooks,
): void {
  const startMs = Date.UTC(2026, 0, 1) + day * 24 * 60 * MINUTE_MS
  const truth = dayTruthOf(random.fork('truth'), doctors)
  const scene: Scene = {
    nowMs: startMs,
    startMs,
    here: new Map(),
    desks: doctors.map((doctor) => deskOf(doctor, random, startMs)),
    toCome: new Map(),
    memory,
  }
  const agenda: { ms: number; act: () => unknown }[] = []
  const at = (minutes: number) => startMs + minutes * MINUTE_MS
  const soon = (minutes: number) => scene.nowMs + minutes * MINUTE_MS
  const plan = (ms: number, act: () => unknown) => {
    agenda.push({ ms: Math.max(ms, scene.nowMs), act })
  }
  let tickets = 0

  for (const doctor of doctors)
    for (const booked of bookingsOf(random.fork('book', doctor.id), doctor, day)) expect(booked)
  planWalkIns(random.fork('walk-ins'))
  for (const desk of scene.desks) plan(at(truth.begins.get(desk.doctor.id) ?? SESSIONS[0].from), () => work(desk))
  for (let minutes = SESSIONS[0].from; minutes < 19 * 60; minutes += ASK_EVERY)
    plan(at(minutes), () => hooks.passing(scene))
  for (;;) {
    let next = 0
    agenda.forEach((one, index) => {
      if (one.ms < (agenda[next]?.ms ?? 0)) next = index
    })
    const [event] = agenda.splice(next, 1)
    if (!event) break
    scene.nowMs = event.ms
    event.act()
  }
  memory.openHours += SESSIONS.reduce((hours, { from, to }) => hours + (to - from) / 60, 0)

  function expect(booked: AppointmentToCome): void {
    const one = { ...booked, dueMs: at(booked.dueMs) }
    scene.toCome.set(one.id, one)
    const fate = random.fork(one.id)
    memory.booked += 1
    if (fate.chance(0.11)) {
      memory.missed += 1
      plan(one.dueMs + 60 * MINUTE_MS, () => scene.toCome.delete(one.id))
      return
    }
    const offset = fate.chance(0.1) ? fate.between(16, 45) : -9 + fate.normal() * 9
    const arrival = Math.max(at(8 * 60 + 40), one.dueMs + offset * MINUTE_MS)
    plan(arrival, () => {
      scene.toCome.delete(one.id)
      memory.offsetsMs.push(arrival - one.dueMs)
      comeIn(fate, { doctorId: one.doctorId, serviceId: one.serviceId, dueAt: isoInstant(one.dueMs) })
    })
  }

  function planWalkIns(fates: Random): void {
    for (let minutes = 8 * 60 + 45; minutes < 16 * 60 + 30; ) {
      const fate = fates.fork(minutes)
      plan(at(minutes), () => comeIn(fate, { poolId: POOL, serviceId: fate.chance(0.8) ? 'general' : 'review' }))
      minutes += (-Math.log(1 - fates.next()) * 60) / (minutes < 11 * 60 + 30 ? 4.2 : 2.4)
    }
    for (let count = fates.between(0, 2); count > 0; count -= 1) {
      const fate = fates.fork('emergency', count)
      plan(at(fate.between(9 * 60, 16 * 60)), () => comeIn(fate, { poolId: POOL, urgency: 'immediate', triaged: true }))
    }
  }

  function comeIn(fate: Random, fields: Partial<WaitingVisit>): void {
    tickets += 1
    const id = `${day}/${tickets}`
    const ticket = `A${String(tickets).padStart(3, '0')}`
    const visit = replayVisit({ id, ticket, arrivedAt: isoInstant(scene.nowMs), ...fields })
    const one: Here = {
      visit,
      calledMs: undefined,
      firstCalledMs: undefined,
      beganMs: undefined,
      heldMs: undefined,
      hadMs: 0,
      waitingMs: scene.nowMs,
    }
    scene.here.set(id, one)
    if (visit.urgency === 'immediate') memory.urgent.push({ ...visit })
    else planStay(one, fate)
    hooks.checkedIn(scene, id)
  }

  function planStay({ visit }: Here, fate: Random): void {
    const inLine = () => visit.status === 'waiting' && scene.here.has(visit.id)
    const level = fate.next()
    plan(soon(3 + fate.next() * 6), () => {
      visit.triaged = true
      memory.looked += 1
      memory.raised += Number(level < 0.09)
      if (inLine()) visit.urgency = levelFor(level)
    })
    if (fate.chance(0.03)) plan(soon(fate.between(60, 100)), () => inLine() && scene.here.delete(visit.id))
    if (fate.chance(0.04))
      plan(soon(fate.between(4, 12)), () => {
        if (!inLine()) return
        visit.awayUntil = isoInstant(soon(20))
        plan(soon(fate.between(12, 20)), () => {
          visit.awayUntil = null
        })
      })
  }

  function work(desk: Desk): void {
    if (desk.presentId !== undefined) return
    const fate = random.fork(desk.doctor.id, scene.nowMs)
    const lunch = scene.nowMs >= at(SESSIONS[0].to) && scene.nowMs < at(SESSIONS[1].from)
    if (lunch) {
      desk.breakMs = at(SESSIONS[1].from + desk.doctor.truth.breakEvery)
      plan(at(SESSIONS[1].from + fate.between(0, 5)), () => work(desk))
      return
    }
    if (scene.nowMs > at(21 * 60)) return
    if (scene.nowMs >= desk.breakMs) {
      desk.breakMs = soon(desk.doctor.truth.breakEvery)
      plan(soon(fate.between(5, 12)), () => work(desk))
      return
    }
    const line = lineOf(scene, desk)
    const row = rowOf(desk)
    const next = nextToCall(
      orderQueue(line, { now: isoInstant(scene.nowMs), settings, lastCalledWereAppointments: row }).order,
    )
    if (next) call(desk, next.visit.id, line, fate)
    else plan(soon(1), () => work(desk))
  }

  function call(desk: Desk, id: string, line: readonly WaitingVisit[], fate: Random): void {
    const one = scene.here.get(id)
    if (!one) throw new Error(`${id} is not here`)
    for (const other of line) if (other.id !== id && other.skippedCalls > 0) other.skippedCalls -= 1
    hooks.called(scene, id)
    Object.assign(one, { calledMs: scene.nowMs, firstCalledMs: one.firstCalledMs ?? scene.nowMs })
    Object.assign(one.visit, { status: 'called', doctorId: desk.doctor.id, awayUntil: null, skippedCalls: 0 })
    desk.calls.unshift({ ...one, visit: { ...one.visit } })
    desk.presentId = id
    const missed = fate.chance(0.05) && one.visit.urgency !== 'immediate'
    if (missed) plan(soon(2.5), () => missing(desk, one))
    else plan(soon(0.4 + fate.next()), () => consult(desk, one, fate))
  }

  function missing(desk: Desk, one: Here): void {
    desk.presentId = undefined
    const back = {
      status: 'waiting',
      notHere: one.visit.notHere + 1,
      skippedUntil: isoInstant(soon(5)),
      skippedCalls: 1,
    } as const
    Object.assign(one.visit, back)
    if (one.visit.notHere >= 2) scene.here.delete(one.visit.id)
    work(desk)
  }

  function consult(desk: Desk, one: Here, fate: Random): void {
    Object.assign(one, { beganMs: scene.nowMs })
    one.visit.status = 'in_consultation'
    desk.beganMs = scene.nowMs
    const minutes = trueLength(fate, desk.doctor, one.visit.serviceId ?? 'general', truth, lineOf(scene, desk).length)
    const again = one.hadMs > 0
    const held = !again && fate.chance(0.1)
    plan(soon(minutes * (again ? 0.4 : held ? 0.65 : 1)), () => leave(desk, one, held, fate))
  }

  function leave(desk: Desk, one: Here, held: boolean, fate: Random): void {
    const { visit, calledMs, waitingMs, beganMs: fromMs = scene.nowMs } = one
    memory.stays.push({
      doctorId: desk.doctor.id,
      serviceId: visit.serviceId,
      visitId: visit.id,
      waitingMs,
      calledMs,
      fromMs,
      toMs: scene.nowMs,
    })
    one.hadMs += scene.nowMs - fromMs
    Object.assign(desk, { presentId: undefined, freeMs: scene.nowMs })
    if (held) {
      visit.status = 'on_hold'
      one.heldMs = scene.nowMs
      const minutes = logNormal(fate, 20, 0.4)
      plan(soon(minutes), () => {
        memory.holdsMs.push(minutes * MINUTE_MS)
        Object.assign(one, { heldMs: undefined, waitingMs: scene.nowMs, beganMs: undefined })
        Object.assign(visit, { status: 'waiting', nearFront: true, queuedAt: isoInstant(scene.nowMs) })
      })
    } else scene.here.delete(visit.id)
    plan(soon(0.3 + fate.next() * 1.2), () => work(desk))
  }
}

function deskOf(doctor: ReplayDoctor, random: Random, startMs: number): Desk {
  const breakMs = startMs + (SESSIONS[0].from + random.fork('break', doctor.id).between(60, 120)) * MINUTE_MS
  return { doctor, presentId: undefined, freeMs: undefined, beganMs: undefined, breakMs, calls: [] }
}

/** Who waits for a doctor: their own and those of their pools. */
export function lineOf({ here }: Scene, { doctor }: Desk): WaitingVisit[] {
  return [...here.values()].flatMap(({ visit }) => {
    const drawn =
      visit.doctorId === null ? visit.poolId !== null && doctor.poolIds.has(visit.poolId) : visit.doctorId === doctor.id
    return drawn && visit.status === 'waiting' ? [visit] : []
  })
}

export function rowOf({ calls }: Desk): number {
  const called = calls.slice(0, 10).map(({ visit, calledMs }) => ({ ...visit, calledAt: isoInstant(calledMs ?? 0) }))
  return appointmentsCalledInARow(called, settings)
}
