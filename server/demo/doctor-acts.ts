import { contract } from '../../contract/contract.ts'
import type { Visit } from '../../contract/visits.ts'
import type { DoctorPart } from './cast.ts'
import { logNormal } from './random.ts'
import { act, at, fateOf, MINUTE, type Scene, soon, visitIf, visitsToday } from './scene.ts'

/** The user whose patients a visitor is to find waiting: played slowly. */
const VISITORS_DOCTOR = 'doctor'
const SLOW = 1.2

/** Lets a doctor work: looks at who is there, does the next thing, and looks again. */
export function planDoctor(scene: Scene, doctor: DoctorPart): void {
  const begin = doctor.plan.sessions[0]?.slice(0, 5) ?? '09:00'
  const round = async () => {
    if (scene.watch.actsAs(doctor.client)) return
    const again = await doctorTurn(scene, doctor)
    if (again < at(scene, '20:00')) scene.agenda.add(Math.max(again, scene.clock.now() + 1_000), round)
  }
  scene.agenda.add(at(scene, begin) + scene.random.between(0, 6) * MINUTE, round)
}

/** The next thing a doctor does; answers when they look again (ms). */
async function doctorTurn(scene: Scene, doctor: DoctorPart): Promise<number> {
  const mine = visitsToday(scene).filter((visit) => visit.doctorId === doctor.id)
  const present = mine.find((visit) => visit.status === 'in_consultation')
  if (present) return inConsultation(scene, doctor, present)
  const called = mine.find((visit) => visit.status === 'called')
  if (called) return receiveCalled(scene, doctor, called)
  const parked = mine.find((visit) => visit.status === 'on_hold' && visit.parked)
  if (parked && !hasImmediate(scene, doctor)) {
    await step(scene, doctor, parked, 'in_consultation')
    return soon(scene, 1)
  }
  const breakEnd = breakUntil(scene, doctor)
  if (breakEnd !== undefined && !hasImmediate(scene, doctor)) return takeBreak(scene, doctor, breakEnd)
  await say(scene, doctor, 'available')
  // As a load, doctors of one pool press the key at once, and also when nobody is there.
  if (waitingFor(scene, doctor).length === 0 && !(scene.racing && scene.random.chance(0.1))) return soon(scene, 0.7)
  await act(scene, doctor.client, contract.visits.callNext, { body: { doctorId: doctor.id } })
  return soon(scene, 0.5)
}

async function inConsultation(scene: Scene, doctor: DoctorPart, visit: Visit): Promise<number> {
  if (scene.watch.isTouched(visit.id)) return soon(scene, 2)
  if (visit.urgency !== 'immediate' && hasImmediate(scene, doctor)) {
    const present = { visitId: visit.id, version: visit.version, becomes: 'parked' as const }
    await act(scene, doctor.client, contract.visits.callNext, { body: { doctorId: doctor.id, present } })
    return soon(scene, 0.3)
  }
  const end = consultationEnd(scene, doctor, visit)
  if (scene.clock.now() < end) return Math.min(end, soon(scene, 1.5))
  await endConsultation(scene, doctor, visit)
  return soon(scene, doctor.client.username === VISITORS_DOCTOR && !scene.racing ? 2.5 : 0.7)
}

/** Log-normal around the doctor's own median, shorter after a visit to the laboratory. */
function consultationEnd(scene: Scene, doctor: DoctorPart, visit: Visit): number {
  const fate = fateOf(scene, visit.id, `length ${visit.calls}`)
  const slow = doctor.client.username === VISITORS_DOCTOR && !scene.racing ? SLOW : 1
  const median = doctor.plan.consultationMinutes * slow * (visit.nearFront ? 0.5 : 1)
  return Date.parse(visit.statusAt) + Math.max(2, logNormal(fate, median, 0.45)) * MINUTE
}

async function endConsultation(scene: Scene, doctor: DoctorPart, visit: Visit): Promise<void> {
  const fate = fateOf(scene, visit.id, 'end')
  const first = !visit.nearFront && visit.calls <= 1
  if (first && fate.chance(0.11)) return toTheLaboratory(scene, doctor, visit)
  if (first && fate.chance(0.04)) return transfer(scene, doctor, visit)
  if (fate.chance(0.15)) await addExtra(scene, doctor, visit)
  const now = visitIf(scene, visit.id, 'in_consultation')
  if (!now) return
  const finish = { params: { id: now.id }, body: { version: now.version } }
  await act(scene, doctor.client, contract.visits.finish, finish)
}

/** On hold for a test; back near the front when the nurse has the result. */
async function toTheLaboratory(scene: Scene, doctor: DoctorPart, visit: Visit): Promise<void> {
  await addExtra(scene, doctor, visit, 'Blood test')
  if (!(await step(scene, doctor, visit, 'on_hold', 'Blood test'))) return
  const back = async () => {
    const held = visitIf(scene, visit.id, 'on_hold')
    if (!held) return
    const body = { version: held.version, status: 'waiting' as const, reason: 'The result is here' }
    await act(scene, scene.cast.nurse, contract.visits.setStatus, { params: { id: held.id }, body })
  }
  scene.agenda.add(soon(scene, 18), back)
}

async function transfer(scene: Scene, doctor: DoctorPart, visit: Visit): Promise<void> {
  const others = scene.cast.doctors.filter(
    (other) => other.id !== doctor.id && !other.plan.services.includes('Child health visit'),
  )
  const now = visitIf(scene, visit.id, 'in_consultation')
  if (!now || others.length === 0) return
  const body = { version: now.version, doctorId: scene.random.pick(others).id, reason: 'A colleague should see this' }
  await act(scene, doctor.client, contract.visits.transfer, { params: { id: now.id }, body })
}

async function addExtra(scene: Scene, doctor: DoctorPart, visit: Visit, name?: string): Promise<void> {
  const service = scene.cast.services.get(name ?? scene.random.pick(scene.cast.plan.extraServices))
  if (!service) return
  const body = { id: scene.newId(), serviceId: service.id }
  await act(scene, doctor.client, contract.charges.add, { params: { id: visit.id }, body }, 'charges')
}

/** The patient walks to the room; a few do not, and are called again. */
async function receiveCalled(scene: Scene, doctor: DoctorPart, visit: Visit): Promise<number> {
  if (scene.watch.isTouched(visit.id)) return soon(scene, 2)
  const fate = fateOf(scene, visit.id, `called ${visit.calls}`)
  const missing = fate.chance(0.06)
  const walk = Date.parse(visit.calledAt ?? visit.statusAt) + (missing ? 2.5 : 0.4 + fate.next()) * MINUTE
  if (scene.clock.now() < walk) return walk
  if (missing) {
    const notHere = { params: { id: visit.id }, body: { version: visit.version } }
    await act(scene, doctor.client, contract.visits.notHere, notHere)
  } else await step(scene, doctor, visit, 'in_consultation')
  return soon(scene, 0.5)
}

async function step(
  scene: Scene,
  doctor: DoctorPart,
  visit: Visit,
  status: 'in_consultation' | 'on_hold',
  reason?: string,
): Promise<boolean> {
  const now = scene.console.store.get('visits', visit.id) ?? visit
  const body = { version: now.version, status, ...(reason ? { reason } : {}) }
  return Boolean(await act(scene, doctor.client, contract.visits.setStatus, { params: { id: visit.id }, body }))
}

function waitingFor(scene: Scene, doctor: DoctorPart): Visit[] {
  const now = scene.clock.now()
  return visitsToday(scene, 'waiting', 'in_triage')
    .filter((visit) => visit.doctorId === doctor.id || (visit.poolId !== null && doctor.poolIds.includes(visit.poolId)))
    .filter((visit) => visit.awayUntil === null || Date.parse(visit.awayUntil) <= now)
    .filter((visit) => visit.skippedUntil === null || Date.parse(visit.skippedUntil) <= now)
    .filter((visit) => visit.notHere < 2)
}

function hasImmediate(scene: Scene, doctor: DoctorPart): boolean {
  return waitingFor(scene, doctor).some((visit) => visit.urgency === 'immediate')
}

async function takeBreak(scene: Scene, doctor: DoctorPart, until: number): Promise<number> {
  await say(scene, doctor, 'on_break')
  return until
}

/** S1 */
async function say(scene: Scene, { client }: DoctorPart, status: 'available' | 'on_break'): Promise<void> {
  if (scene.console.store.get('staff', client.userId)?.status === status) return
  await act(scene, client, contract.staff.setMyStatus, { body: { status } }, 'staff')
}

/** The end of the break between two sessions, while it lasts. */
function breakUntil(scene: Scene, doctor: DoctorPart): number | undefined {
  const now = scene.clock.now()
  const [morning, afternoon] = doctor.plan.sessions
  if (!morning || !afternoon) return undefined
  const end = at(scene, afternoon.slice(0, 5))
  return now >= at(scene, morning.slice(6)) && now < end ? end : undefined
}
