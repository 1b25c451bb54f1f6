import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { v7 as uuidv7 } from 'uuid'
import type { Appointment } from '../contract/appointments.ts'
import type { Patient } from '../contract/patients.ts'
import type { Visit } from '../contract/visits.ts'
import { addDays, clinicDay } from '../rules/clinic-day.ts'
import { recordWriter } from '../server/db/records.ts'
import { sqlTags } from '../server/db/sql.ts'
import { readCultures } from '../server/demo/people.ts'
import { createRandom, pickWeighted, type Random } from '../server/demo/random.ts'
import { indexPatient } from '../server/patients/search-index.ts'
import type { BenchClinic } from './clinic.ts'

/** Writes straight into a hub's database while the hub is down: what would take hours through the API. */
export type Fill = {
  addPatients(count: number): string[]
  /** An appointment of today for each patient, over all doctors. */
  addAppointments(patientIds: readonly string[]): string[]
  /** Completed and paid visits of days gone by. */
  addOldVisits(count: number, patientIds: readonly string[], onProgress?: (done: number) => void): void
  close(): void
}

type Hand = {
  clinic: BenchClinic
  random: Random
  insert: ReturnType<typeof recordWriter>['insert']
  db: Database.Database
}

export function openFill(dataDir: string, clinic: BenchClinic): Fill {
  const db = new Database(join(dataDir, 'anteroom.db'))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = OFF')
  db.pragma('cache_size = -400000')
  const hand: Hand = { clinic, random: createRandom('bench'), insert: recordWriter(db).insert, db }
  return {
    addPatients: (count) => inBatches(db, count, patientAdder(hand)),
    addAppointments: (patientIds) => inBatches(db, patientIds.length, appointmentAdder(hand, patientIds)),
    addOldVisits: (count, patientIds, onProgress) => {
      inBatches(db, count, visitAdder(hand, count, patientIds), onProgress)
    },
    close: () => {
      db.pragma('wal_checkpoint(TRUNCATE)')
      db.close()
    },
  }
}

const BATCH = 20_000

function inBatches(
  db: Database.Database,
  count: number,
  add: (index: number) => string,
  onProgress?: (done: number) => void,
): string[] {
  const ids: string[] = []
  for (let from = 0; from < count; from += BATCH) {
    db.transaction(() => {
      for (let index = from; index < Math.min(count, from + BATCH); index += 1) ids.push(add(index))
    })()
    onProgress?.(Math.min(count, from + BATCH))
  }
  return ids
}

function patientAdder({ clinic, random, insert, db }: Hand) {
  const cultures = readCultures()
  const sql = sqlTags(db)
  const { next } = sql.get<{ next: number }>`select nextPatientNumber as next from hub` ?? { next: 1 }
  return (index: number) => {
    const culture = pickWeighted(random, cultures)
    const sex = random.chance(0.5) ? 'female' : 'male'
    const number = next + index
    const patient: Patient = {
      id: uuidv7(),
      number: `P-${String(number).padStart(6, '0')}`,
      familyName: culture.family.length > 0 ? random.pick(culture.family) : '',
      givenName: `${random.pick(culture[sex])} ${random.pick(culture[sex])}`,
      title: '',
      sex,
      birthDate: addDays('1935-01-01', random.between(0, 32_000)),
      birthDateEstimated: false,
      phones: [culture.phone.replaceAll('#', () => String(random.between(0, 9)))],
      address: `${random.between(1, 200)} Station Road`,
      identifiers: random.chance(0.3) ? [{ kind: 'card', value: `SC-${random.between(10_000, 9_999_999)}` }] : [],
      language: culture.language,
      guardian: null,
      note: '',
      photo: null,
      deceasedOn: null,
      mergedIntoId: null,
      version: 1,
    }
    insert('patients', patient)
    indexPatient(sql, patient)
    sql.run`insert into patientClinics (patientId, clinicId) values (${patient.id}, ${clinic.clinicId})`
    insert('allergies', { id: patient.id, state: 'not_asked', items: [], version: 1 })
    sql.run`update hub set nextPatientNumber = ${number + 1}`
    return patient.id
  }
}

function appointmentAdder({ clinic, insert, db }: Hand, patientIds: readonly string[]) {
  const sql = sqlTags(db)
  const day = clinicDay(new Date().toISOString(), clinic.timeZone, '04:00')
  const slots = 40
  const first = Date.parse(`${day}T03:00:00.000Z`)
  return (index: number) => {
    const doctorId = clinic.doctorIds[index % clinic.doctorIds.length] ?? ''
    const turn = Math.floor(index / clinic.doctorIds.length)
    const seat = Math.floor(turn / slots)
    const startMs = first + (turn % slots) * 15 * 60_000
    const appointment: Appointment = {
      id: uuidv7(),
      clinicId: clinic.clinicId,
      doctorId,
      patientId: patientIds[index] ?? '',
      serviceId: clinic.serviceId,
      day,
      startsAt: new Date(startMs).toISOString(),
      endsAt: new Date(startMs + 15 * 60_000).toISOString(),
      status: 'booked',
      overbooked: false,
      overbookReason: null,
      cancelReason: null,
      moveAsked: null,
      note: '',
      bookedById: clinic.receptionId,
      moves: 0,
      version: 1,
    }
    insert('appointments', appointment)
    for (const minutes of [0, 5, 10]) {
      const at = new Date(startMs + minutes * 60_000).toISOString()
      sql.run`insert into bookedCells (doctorId, at, seat, appointmentId) values (${doctorId}, ${at}, ${seat}, ${appointment.id})`
    }
    return appointment.id
  }
}

const VISITS_A_DAY = 500

function visitAdder({ clinic, random, insert, db }: Hand, count: number, patientIds: readonly string[]) {
  const sql = sqlTags(db)
  const today = clinicDay(new Date().toISOString(), clinic.timeZone, '04:00')
  const { last } = sql.get<{ last: number }>`select coalesce(max(receiptNumber), 0) as last from payments` ?? {
    last: 0,
  }
  return (index: number) => {
    const daysAgo = 1 + Math.floor((count - 1 - index) / VISITS_A_DAY)
    const day = addDays(today, -daysAgo)
    const turn = index % VISITS_A_DAY
    const at = `${day}T${String(3 + Math.floor(turn / 60)).padStart(2, '0')}:${String(turn % 60).padStart(2, '0')}:00.000Z`
    const doctorId = clinic.doctorIds[turn % clinic.doctorIds.length] ?? ''
    const visit = oldVisit({ clinic, day, at, doctorId, turn, patientId: random.pick(patientIds) })
    insert('visits', visit)
    insert('charges', { ...oldCharge(clinic, visit), createdAt: at })
    insert('payments', { ...oldPayment(clinic, visit), receiptNumber: last + index + 1 })
    return visit.id
  }
}

/** Half of them in time order, as a hub's own are; the random part is what makes an id. */
function idOf(at: string): string {
  const time = Date.parse(at).toString(16).padStart(12, '0')
  const rest = randomBytes(10).toString('hex')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-8${rest.slice(3, 6)}-${rest.slice(6, 18)}`
}

function oldVisit(of: {
  clinic: BenchClinic
  day: string
  at: string
  doctorId: string
  turn: number
  patientId: string
}): Visit {
  const { clinic, day, at, doctorId, turn, patientId } = of
  return {
    id: idOf(at),
    clinicId: clinic.clinicId,
    day,
    ticket: `A${String(turn + 1).padStart(3, '0')}`,
    patientId,
    label: null,
    doctorId,
    poolId: null,
    serviceId: clinic.serviceId,
    appointmentId: null,
    nextAppointmentIds: [],
    status: 'completed',
    urgency: 'standard',
    triaged: true,
    lookedAt: null,
    arrivedAt: at,
    arrivedCorrected: false,
    enteredAt: at,
    statusAt: at,
    queuedAt: at,
    dueAt: null,
    nearFront: false,
    parked: false,
    calledAt: at,
    calls: 1,
    notHere: 0,
    skippedUntil: null,
    skippedCalls: 0,
    awayUntil: null,
    roomId: null,
    outOfOrder: false,
    familyId: null,
    consultationStartedAt: at,
    endedAt: at,
    endReason: null,
    mergedIntoId: null,
    lookedForBy: null,
    owesReason: null,
    owesById: null,
    version: 5,
  }
}

function oldCharge(clinic: BenchClinic, visit: Visit) {
  return {
    id: idOf(visit.enteredAt),
    visitId: visit.id,
    clinicId: clinic.clinicId,
    serviceId: clinic.serviceId,
    description: 'Consultation',
    amountMinor: 50_000,
    currency: 'BDT',
    waivedMinor: 0,
    waiverReason: null,
    waivedById: null,
    doctorId: visit.doctorId,
    payer: 'patient' as const,
    payerName: '',
    createdById: clinic.receptionId,
    reversedAt: null,
    reverseReason: null,
    version: 1,
  }
}

function oldPayment(clinic: BenchClinic, visit: Visit) {
  return {
    id: idOf(visit.enteredAt),
    clinicId: clinic.clinicId,
    visitId: visit.id,
    appointmentId: null,
    kind: 'payment' as const,
    refundOfId: null,
    amountMinor: 50_000,
    currency: 'BDT',
    method: 'cash' as const,
    day: visit.day,
    at: visit.enteredAt,
    byId: clinic.receptionId,
    reason: null,
    version: 1,
  }
}
