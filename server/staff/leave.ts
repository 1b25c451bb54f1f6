import type { Doctor } from '../../contract/doctors.ts'
import { Refusal } from '../../contract/errors.ts'
import type { StaffStatus, WaitingAnswer } from '../../contract/users.ts'
import type { Visit } from '../../contract/visits.ts'
import { transferOne } from '../appointments/rebook.ts'
import type { Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { getRecord } from '../db/get.ts'
import { doctorIsHere, expectDoctor } from '../doctors/commands.ts'
import { notifyOfRebooking } from '../notifications/about-appointments.ts'
import { notifyOfDeparture } from '../notifications/about-staff.ts'
import { openVisits, today } from '../visits/queries.ts'
import { setStaffStatus } from './commands.ts'

type Request = { status: StaffStatus['status']; waiting?: WaitingAnswer | undefined }

/**
 * S1: what I say of myself, and for a doctor who leaves what becomes of those who wait, in one commit.
 *
 * @throws Refusal `patients_waiting` when a doctor goes off duty and has not said it
 */
export function setMyStatus(w: W<Person>, { status, waiting: answer }: Request): StaffStatus {
  const doctor = w.actor.doctorId ? getRecord(w.sql, 'doctors', w.actor.doctorId) : undefined
  const stays = status === 'available' || status === 'busy'
  if (answer && (!doctor || stays)) throw badAnswer('waiting', 'is for a doctor who leaves')
  if (doctor && stays) doctorIsHere(w, doctor)
  if (doctor && answer) answerFor(w, doctor, answer)
  if (doctor && !answer && status === 'off_duty') demandNobodyWaits(w, doctor)
  return setStaffStatus(w, w.actor.userId, status)
}

function answerFor(w: W<Person>, doctor: Doctor, answer: WaitingAnswer): void {
  switch (answer.becomes) {
    case 'wait':
      if (answer.backAt <= w.now) throw badAnswer('waiting.backAt', 'must be in the future')
      expectDoctor(w, doctor.id, { version: doctor.version, expectedAt: answer.backAt })
      return
    case 'move':
      doctorIsHere(w, doctor)
      moveWaiting(w, doctor, answer.transfers)
      return
    case 'reception':
      doctorIsHere(w, doctor)
      tellReception(w, doctor)
  }
}

type Transfers = Extract<WaitingAnswer, { becomes: 'move' }>['transfers']

/** Q9: all or none. Of those who are not moved reception is told, so that nobody is forgotten. */
function moveWaiting(w: W<Person>, doctor: Doctor, transfers: Transfers): void {
  if (transfers.some((one) => one.doctorId === doctor.id))
    throw badAnswer('waiting.transfers', 'must be to somebody else')
  const visits = transfers.map((one) => transferOne(w, doctor, one))
  notifyOfRebooking(w, { doctorId: doctor.id, appointments: [], visits })
  tellReception(w, doctor)
}

function tellReception(w: W<Person>, doctor: Doctor): void {
  const visits = waitingFor(w, doctor).length
  if (visits > 0) notifyOfDeparture(w, doctor, visits)
}

function demandNobodyWaits(w: W, doctor: Doctor): void {
  const waiting = waitingFor(w, doctor).length
  if (waiting > 0) throw new Refusal('patients_waiting', { waiting })
}

/** Who waits for this doctor alone: a pool's patients have its other doctors. */
function waitingFor(w: W, doctor: Doctor): Visit[] {
  const day = today(getRecord(w.sql, 'clinics', doctor.clinicId), w.now)
  return openVisits(w.sql, doctor.clinicId, day).filter(
    (visit) => visit.doctorId === doctor.id && ['waiting', 'in_triage', 'called'].includes(visit.status),
  )
}

const badAnswer = (field: string, message: string) => new Refusal('bad_input', { fields: [{ field, message }] })
