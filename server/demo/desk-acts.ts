import type { Appointment } from '../../contract/appointments.ts'
import { contract } from '../../contract/contract.ts'
import type { Visit } from '../../contract/visits.ts'
import { type Client, forEachOf } from './api.ts'
import type { DoctorPart } from './cast.ts'
import type { Person } from './people.ts'
import { act, at, fateOf, MINUTE, type Scene, soon, visitIf, visitsToday } from './scene.ts'

/** Plans when everybody with an appointment comes: mostly a little early, some late, a few never. */
export function planArrivals(scene: Scene, appointments: readonly Appointment[]): void {
  for (const appointment of appointments) {
    if (appointment.status !== 'booked' && appointment.status !== 'confirmed') continue
    const due = Date.parse(appointment.startsAt)
    const fate = fateOf(scene, appointment.id, 'arrival')
    if (fate.chance(0.05)) {
      scene.agenda.add(due + 60 * MINUTE, () => markNoShow(scene, appointment.id))
      continue
    }
    const minutes = fate.chance(0.08) ? fate.between(17, 45) : -9 + fate.normal() * 8
    const arrival = Math.max(due + minutes * MINUTE, at(scene, '08:46'))
    scene.agenda.add(arrival, () => checkIn(scene, appointment.id))
    // Two desks, one patient: whoever is second gets the visit that is there.
    if (scene.racing && fate.chance(0.12)) scene.agenda.add(arrival, () => checkIn(scene, appointment.id))
  }
}

/** Plans those who come without an appointment: many in the morning, fewer after lunch. */
export function planWalkIns(scene: Scene): void {
  const random = scene.random.fork(scene.today, 'walk-ins')
  const adults = [...scene.roster.adults]
  const children = [...scene.roster.children]
  let time = at(scene, '08:47')
  const end = at(scene, '16:30')
  while (time < end) {
    const person = (random.chance(0.15) ? children : adults).pop()
    if (person) scene.agenda.add(time, async () => void (await walkIn(scene, person)))
    const perHour = time < at(scene, '11:30') ? 5.5 : 3.5
    time += (-Math.log(1 - random.next()) / perHour) * 60 * MINUTE
  }
  for (const when of ['10:05', '11:25', '15:10']) {
    const family = random.pick(scene.cast.families)
    scene.agenda.add(at(scene, when), () => familyComes(scene, family))
  }
}

export function planDeskWork(scene: Scene): void {
  const random = scene.random.fork(scene.today, 'desk')
  scene.agenda.add(at(scene, '10:52') + random.between(0, 8) * MINUTE, () => emergency(scene))
  scene.agenda.add(at(scene, '09:40') + random.between(0, 20) * MINUTE, () => wrongPatient(scene))
  scene.agenda.add(at(scene, '14:20') + random.between(0, 40) * MINUTE, () => wrongPatient(scene))
  for (let time = at(scene, '09:10'); time < at(scene, '16:45'); time += random.between(9, 17) * MINUTE) {
    scene.agenda.add(time, () => phoneCall(scene))
  }
}

async function checkIn(scene: Scene, appointmentId: string, again = false): Promise<void> {
  const appointment = scene.console.store.get('appointments', appointmentId)
  if (appointment?.status !== 'booked' && appointment?.status !== 'confirmed') return
  const answer = await act(scene, desk(scene), contract.visits.checkIn, {
    body: { id: scene.newId(), appointmentId },
  })
  if (!answer || answer.alreadyOpen) return
  planStay(scene, answer.visit)
  // Q9: checked in by mistake: taken back, and done again a little later.
  if (again || !fateOf(scene, appointmentId, 'undo').chance(scene.racing ? 0.08 : 0.03)) return
  await undo(scene, answer.visit.id)
  scene.agenda.add(soon(scene, 3), () => checkIn(scene, appointmentId, true))
}

async function undo(scene: Scene, visitId: string): Promise<void> {
  const visit = scene.console.store.get('visits', visitId)
  if (visit)
    await act(scene, desk(scene), contract.visits.undo, { params: { id: visitId }, body: { version: visit.version } })
}

async function walkIn(scene: Scene, person: Person, familyId?: string): Promise<Visit | undefined> {
  const { cast } = scene
  const child = Boolean(person.guardian)
  const doctor = cast.doctors.find((each) => each.plan.services.includes('Child health visit'))
  const service = cast.services.get(child ? 'Child health visit' : 'General consultation')
  const direct = child ? undefined : askedFor(scene, person)
  const doctorId = child ? (doctor?.id ?? null) : (direct?.id ?? null)
  const answer = await act(scene, desk(scene), contract.visits.walkIn, {
    body: {
      id: scene.newId(),
      clinicId: cast.clinicId,
      patientId: person.id,
      serviceId: service?.id ?? null,
      familyId: familyId ?? null,
      ...(doctorId === null ? { poolId: cast.poolId } : { doctorId }),
    },
  })
  if (!answer || answer.alreadyOpen) return undefined
  planStay(scene, answer.visit)
  return answer.visit
}

/** Some ask for a doctor by name; the others take whoever is free first. */
function askedFor(scene: Scene, person: Person): DoctorPart | undefined {
  const fate = fateOf(scene, person.id, scene.today)
  const { doctors } = scene.cast
  if (person.sex === 'female' && fate.chance(0.45)) {
    return doctors.find((each) => each.plan.services.includes('Antenatal visit'))
  }
  return fate.chance(0.1) ? fate.pick(doctors.filter((each) => each.poolIds.length > 0)) : undefined
}

/** Q12: a family together. */
async function familyComes(scene: Scene, family: readonly Person[]): Promise<void> {
  const familyId = scene.newId()
  await forEachOf(family.slice(0, 4), 1, (person) => walkIn(scene, person, familyId))
}

/** What a patient does while waiting: a few go out for a while, a few give up. */
function planStay(scene: Scene, visit: Visit): void {
  const fate = fateOf(scene, visit.id, 'stay')
  if (fate.chance(0.05)) scene.agenda.add(soon(scene, fate.between(4, 12)), () => goAway(scene, visit.id))
  if (fate.chance(0.04)) scene.agenda.add(soon(scene, fate.between(45, 90)), () => giveUp(scene, visit.id))
}

async function goAway(scene: Scene, visitId: string): Promise<void> {
  const visit = visitIf(scene, visitId, 'waiting')
  if (!visit) return
  const back = soon(scene, 20)
  const until = new Date(back).toISOString()
  const gone = await act(scene, desk(scene), contract.visits.away, {
    params: { id: visitId },
    body: { version: visit.version, until },
  })
  if (gone) scene.agenda.add(back - 3 * MINUTE, () => comeBack(scene, visitId))
}

async function comeBack(scene: Scene, visitId: string): Promise<void> {
  const visit = visitIf(scene, visitId, 'waiting')
  if (!visit?.awayUntil) return
  const body = { version: visit.version, until: null }
  await act(scene, desk(scene), contract.visits.away, { params: { id: visitId }, body })
}

async function giveUp(scene: Scene, visitId: string): Promise<void> {
  const visit = visitIf(scene, visitId, 'waiting')
  if (!visit) return
  const body = { version: visit.version, status: 'left' as const, reason: 'Could not wait any longer' }
  await act(scene, desk(scene), contract.visits.setStatus, { params: { id: visitId }, body })
}

/** T0: one key, no name; who it is comes out later. */
async function emergency(scene: Scene): Promise<void> {
  const { cast, random } = scene
  const answer = await act(scene, desk(scene), contract.visits.emergency, {
    body: {
      id: scene.newId(),
      clinicId: cast.clinicId,
      label: random.pick(['Unknown, male, about 40', 'Unknown, female, about 60', 'Unknown, male, about 25']),
      dangerSigns: [random.pick(['chest_pain', 'cannot_breathe', 'heavy_bleeding'] as const)],
      poolId: cast.poolId,
    },
  })
  if (answer) scene.agenda.add(soon(scene, 14), () => identify(scene, answer.visit.id))
}

async function identify(scene: Scene, visitId: string): Promise<void> {
  const visit = visitIf(scene, visitId, 'waiting', 'called', 'in_consultation', 'on_hold', 'awaiting_payment')
  const person = scene.roster.adults[200]
  if (!visit || !person || visit.patientId !== null) return
  const body = { version: visit.version, patientId: person.id, reason: 'A relative told us who it is' }
  await act(scene, desk(scene), contract.visits.reassign, { params: { id: visitId }, body })
}

/** Q9: somebody of nearly the same name was checked in. */
async function wrongPatient(scene: Scene): Promise<void> {
  const [meant, taken] = [scene.roster.adults[210], scene.roster.adults[211]]
  if (!meant || !taken) return
  const visit = await walkIn(scene, taken)
  if (!visit) return
  scene.agenda.add(soon(scene, 4), async () => {
    const now = visitIf(scene, visit.id, 'waiting', 'in_triage', 'called', 'in_consultation')
    if (!now) return
    const body = { version: now.version, patientId: meant.id, reason: 'Nearly the same name' }
    await act(scene, desk(scene), contract.visits.reassign, { params: { id: visit.id }, body })
  })
}

/** A5: an hour after the slot and nobody came. */
async function markNoShow(scene: Scene, appointmentId: string): Promise<void> {
  const appointment = scene.console.store.get('appointments', appointmentId)
  if (!appointment || scene.watch.isTouched(appointmentId)) return
  if (appointment.status !== 'booked' && appointment.status !== 'confirmed') return
  const body = { version: appointment.version, status: 'no_show' as const }
  await act(scene, desk(scene), contract.appointments.change, { params: { id: appointmentId }, body }, 'appointments')
}

/** Somebody telephones: books a day to come, or cancels this afternoon. */
async function phoneCall(scene: Scene): Promise<void> {
  const { cast, random } = scene
  if (random.chance(0.15)) return cancelOne(scene)
  const doctor = random.pick(cast.doctors)
  const service = cast.services.get(doctor.plan.services[0] ?? '')
  if (!service) return
  const client = desk(scene)
  const date = new Date(scene.clock.now() + random.between(0, 3) * 24 * 60 * MINUTE).toISOString().slice(0, 10)
  const query = { doctorId: doctor.id, date, serviceId: service.id }
  const { items } = (await act(scene, client, contract.appointments.availableSlots, { query })) ?? { items: [] }
  const free = items.filter((slot) => slot.free > 0 && Date.parse(slot.startsAt) > scene.clock.now() + 45 * MINUTE)
  if (free.length === 0) return
  const { startsAt } = random.pick(free)
  const patientId = random.pick(cast.people).id
  const body = { id: scene.newId(), doctorId: doctor.id, patientId, serviceId: service.id, startsAt }
  const booked = await act(scene, client, contract.appointments.book, { body }, 'appointments')
  if (booked && booked.day === scene.today) planArrivals(scene, [booked])
}

async function cancelOne(scene: Scene): Promise<void> {
  const later = scene.console.store
    .all('appointments')
    .filter((each) => each.day === scene.today && (each.status === 'booked' || each.status === 'confirmed'))
    .filter((each) => Date.parse(each.startsAt) > scene.clock.now() + 60 * MINUTE && !scene.watch.isTouched(each.id))
  if (later.length === 0) return
  const { id, version } = scene.random.pick(later)
  const body = { version, reason: 'Telephoned: cannot come' }
  await act(scene, desk(scene), contract.appointments.cancel, { params: { id }, body }, 'appointments')
}

/** Q13: the end of the day: whoever still waits is written down as gone. */
export async function sendHome(scene: Scene): Promise<void> {
  for (const visit of visitsToday(scene, 'waiting', 'in_triage', 'called', 'on_hold')) {
    const now = visitIf(scene, visit.id, 'waiting', 'in_triage', 'called', 'on_hold')
    if (!now) continue
    const body = { version: now.version, status: 'left' as const, reason: 'The clinic closed' }
    await act(scene, desk(scene), contract.visits.setStatus, { params: { id: visit.id }, body })
  }
}

function desk(scene: Scene): Client {
  const desks = scene.racing ? scene.cast.desks : scene.cast.desks.filter((each) => !scene.watch.actsAs(each))
  return scene.random.pick(desks.length > 0 ? desks : scene.cast.desks)
}
