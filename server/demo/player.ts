import type { Appointment } from '../../contract/appointments.ts'
import { contract } from '../../contract/contract.ts'
import type { StaffStatus } from '../../contract/users.ts'
import { addDays, clinicDay } from '../../rules/clinic-day.ts'
import { createAgenda } from './agenda.ts'
import type { Client } from './api.ts'
import { bookDay } from './bookings.ts'
import { planCashier, settle } from './cashier-acts.ts'
import { type Cast, rosterOf } from './cast.ts'
import { connect, openConsole } from './console.ts'
import type { DayClock } from './day-clock.ts'
import { planArrivals, planDeskWork, planWalkIns, sendHome } from './desk-acts.ts'
import { planDoctor } from './doctor-acts.ts'
import { createHumanWatch } from './human-watch.ts'
import { createRandom, seededId } from './random.ts'
import { act, at, createTally, type Scene, visitsToday } from './scene.ts'
import { planNurse } from './ward-acts.ts'

/** The staff and patients of the demonstration clinic, at work through the public API. */
export type Player = {
  readonly scene: Scene
  /** Takes up the day the clock is on; it begins at 08:45 if it is earlier. */
  beginDay(): Promise<void>
  /** Jumps from act to act up to a time of this day (`HH:MM`). */
  fastForwardTo(time: string): Promise<void>
  /** As fast as it goes, all within the same minutes at once. */
  raceTo(time: string, options?: { windowMs?: number; width?: number }): Promise<void>
  /** Follows the running clock, day after day, until it is stopped. */
  live(stop: AbortSignal): Promise<void>
  /** Ends the day: whoever is still there is seen off, and the next days are booked fuller. */
  endDay(): Promise<void>
  close(): void
}

const DAY_BEGINS = '08:45'
const DAY_ENDS = '19:30'

/** Opens the player's own window on the clinic and puts everybody in place. */
export async function createPlayer(options: {
  cast: Cast
  clock: DayClock
  racing?: boolean
  onFault?: (error: unknown) => void
}): Promise<Player> {
  const { cast, clock, racing = false, onFault = () => {} } = options
  const desk = cast.desks[0] ?? cast.admin
  const random = createRandom(cast.seed).fork('play', clock.now())
  const clients = [...cast.desks, cast.nurse, cast.cashier, cast.admin, ...cast.doctors.map((each) => each.client)]
  const watch = createHumanWatch(clients)
  const console = await openConsole(desk, cast.clinicId)
  console.onEvent(watch.see)
  // Everybody has a window open, as a clinic at work does.
  const others = racing ? [] : clients.filter((client) => client !== desk && client !== cast.admin)
  const windows = others.map((client) => connect(client, cast.clinicId))
  const scene: Scene = {
    cast,
    console,
    clock,
    agenda: createAgenda(clock),
    watch,
    random,
    racing,
    today: clinicDay(new Date(clock.now()).toISOString(), cast.plan.timeZone, '04:00'),
    roster: { children: [], women: [], adults: [] },
    tally: createTally(),
    newId: () => seededId(clock.now(), random),
    onFault,
  }
  const endDay = () => closeDay(scene)
  return {
    scene,
    beginDay: () => openDay(scene),
    fastForwardTo: (time) => scene.agenda.fastForward(at(scene, time)),
    raceTo: (time, { windowMs = 90_000, width = 16 } = {}) => scene.agenda.race(at(scene, time), { windowMs, width }),
    live: (stop) => playOn(scene, stop),
    endDay,
    close: () => {
      console.close()
      for (const window of windows) window.disconnect()
    },
  }
}

async function openDay(scene: Scene): Promise<void> {
  const { cast, clock, agenda } = scene
  const { timeZone } = cast.plan
  scene.today = clinicDay(new Date(clock.now()).toISOString(), timeZone, '04:00')
  clock.jumpTo(at(scene, DAY_BEGINS))
  scene.roster = rosterOf(cast, scene.today)
  agenda.clear()
  const appointments = await appointmentsOf(scene)
  scene.console.store.apply({ appointments })
  planArrivals(
    scene,
    appointments.filter((each) => Date.parse(each.startsAt) > clock.now() - 45 * 60_000),
  )
  planWalkIns(scene)
  planDeskWork(scene)
  planNurse(scene)
  planCashier(scene)
  for (const doctor of cast.doctors) planDoctor(scene, doctor)
  await everybodyIs(scene, 'available')
  await everybodyReads(scene)
}

/** S1: what each says of themselves. */
async function everybodyIs(scene: Scene, status: StaffStatus['status']): Promise<void> {
  for (const client of played(scene))
    await act(scene, client, contract.staff.setMyStatus, { body: { status } }, 'staff')
}

/** S3: who comes in the morning looks through what has come in since they left, and who leaves through the day's. */
async function everybodyReads(scene: Scene): Promise<void> {
  for (const client of played(scene)) await act(scene, client, contract.notifications.readAll, { body: {} })
}

/** The staff, but for those as whom a person acts. */
function played({ cast, watch }: Scene): Client[] {
  const { desks, nurse, cashier, doctors } = cast
  const all = [...desks, nurse, cashier, ...doctors.map((doctor) => doctor.client)]
  return all.filter((client) => !watch.actsAs(client))
}

async function appointmentsOf(scene: Scene): Promise<Appointment[]> {
  const found: Appointment[] = []
  let cursor: string | null | undefined
  do {
    const query = { clinicId: scene.cast.clinicId, date: scene.today, limit: 500, ...(cursor ? { cursor } : {}) }
    const page = await scene.cast.admin.call(contract.appointments.list, { query })
    found.push(...page.items)
    cursor = page.cursor
  } while (cursor)
  return found
}

async function closeDay(scene: Scene): Promise<void> {
  const { cast, agenda, clock } = scene
  agenda.clear()
  await sendHome(scene)
  for (const visit of visitsToday(scene, 'in_consultation')) {
    const doctor = cast.doctors.find((each) => each.id === visit.doctorId)
    if (!doctor || scene.watch.isTouched(visit.id)) continue
    const finish = { params: { id: visit.id }, body: { version: visit.version } }
    await act(scene, doctor.client, contract.visits.finish, finish)
  }
  for (const visit of visitsToday(scene, 'awaiting_payment')) {
    if (!scene.watch.isTouched(visit.id)) await settle(scene, cast.cashier, visit)
  }
  agenda.clear()
  await everybodyReads(scene)
  await everybodyIs(scene, 'off_duty')
  await bookDay({ cast, day: addDays(scene.today, 1), fullness: 0.6, madeAt: clock.now() })
  await bookDay({ cast, day: addDays(scene.today, 4), fullness: 0.15, madeAt: clock.now() })
}

async function playOn(scene: Scene, stop: AbortSignal): Promise<void> {
  scene.watch.begin()
  while (!stop.aborted) {
    await scene.agenda.follow(at(scene, DAY_ENDS), stop)
    if (stop.aborted) return
    await closeDay(scene)
    scene.today = addDays(scene.today, 1)
    scene.clock.jumpTo(at(scene, '08:30'))
    await openDay(scene)
  }
}
