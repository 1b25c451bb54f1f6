import type { Consultation } from '../../contract/consultations.ts'
import type { Visit } from '../../contract/visits.ts'
import type { Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { demandVersion } from '../db/get.ts'
import { announceClinical, visitOf } from './step.ts'

type Written = Pick<Consultation, 'reason' | 'notes' | 'diagnoses'>

/** What is written on is kept as it stood after this long, in milliseconds. */
const KEEP_AFTER_MS = 120_000

/**
 * Saves what was typed, whole. What was there before is kept when it was another person's, was finished, had stood for a
 * while, or when much of it is gone: text that was deleted by a slip of the hand is found again.
 */
export function saveConsultation(
  w: W<Person>,
  visitId: string,
  { version, keepEarlier, ...written }: Written & { version: number; keepEarlier: boolean },
): Consultation {
  const visit = visitOf(w, visitId)
  const current = w.sql.find('consultations', visitId)
  // Nothing was saved yet for who sends 0; a second window that did meanwhile is told (Q10).
  if (current) demandVersion(current, version)
  w.audit({ noun: 'consultations', recordId: visitId })
  // Whoever amends a finished one has not held it.
  const doctorId = current?.status === 'finished' ? current.doctorId : (w.actor.doctorId ?? visit.doctorId)
  const now = { savedAt: w.now, savedById: w.actor.userId, doctorId }
  if (current && (keepEarlier || isWorthKeeping(w, current, written))) keepVersion(w, current)
  const { clinicId, patientId, day } = visit
  const consultation = current
    ? w.update('consultations', { ...current, ...written, ...now, version: version + 1 })
    : w.insert('consultations', {
        id: visitId,
        clinicId,
        patientId,
        day,
        ...written,
        ...now,
        status: statusOf(visit),
        version: 1,
      })
  announceClinical(w, 'consultation_updated', { consultations: [consultation] })
  return consultation
}

const statusOf = ({ status }: Visit): Consultation['status'] =>
  status === 'completed' || status === 'awaiting_payment' ? 'finished' : 'draft'

/** A consultation is finished with its visit, and a draft again when that is taken back. */
export function followStatus(w: W, visit: Visit): void {
  const current = w.sql.find('consultations', visit.id)
  const status = statusOf(visit)
  if (!current || current.status === status) return
  const consultation = w.update('consultations', { ...current, status, version: current.version + 1 })
  announceClinical(w, 'consultation_updated', { consultations: [consultation] })
}

function isWorthKeeping(w: W<Person>, before: Consultation, after: Written): boolean {
  if (before.savedById !== w.actor.userId || before.status === 'finished') return true
  if (lengthOf(after) * 2 < lengthOf(before)) return true
  const last = w.sql.get<{ savedAt: string }>`
    select savedAt from consultationVersions where consultationId = ${before.id} order by version desc limit 1`
  const since = last?.savedAt ?? visitOf(w, before.id).enteredAt
  return Date.parse(before.savedAt) - Date.parse(since) >= KEEP_AFTER_MS
}

const lengthOf = ({ reason, notes, diagnoses }: Written): number =>
  reason.length + notes.length + diagnoses.reduce((sum, { text }) => sum + text.length, 0)

function keepVersion(w: W, { id, version, reason, notes, diagnoses, savedAt, savedById }: Consultation): void {
  w.sql.run`insert into consultationVersions (consultationId, version, reason, notes, diagnoses, savedAt, savedById)
    values (${id}, ${version}, ${reason}, ${notes}, ${JSON.stringify(diagnoses)}, ${savedAt}, ${savedById})`
}
