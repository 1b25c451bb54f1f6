import { Refusal } from '../../contract/errors.ts'
import type { FollowUp } from '../../contract/follow-ups.ts'
import { getOwnVersion, type Person } from '../auth/person.ts'
import { aboutVisit, visitOf } from '../consultations/step.ts'
import type { W } from '../db/door.ts'
import { demandNew, getRecord } from '../db/get.ts'
import { fromRows } from '../db/records.ts'

type New = Pick<FollowUp, 'id' | 'visitId' | 'byDay' | 'reason'>

/** "Back in 7 days": reception recalls the patient by then. */
export function makeFollowUp(w: W<Person>, { id, visitId, byDay, reason }: New): FollowUp {
  const visit = visitOf(w, visitId)
  demandNew(w.sql, 'followUps', id)
  if (byDay < visit.day) throw wrong('byDay', 'must not be before the visit')
  return announced(
    w,
    w.insert('followUps', {
      id,
      ...aboutVisit(w, visit),
      byDay,
      reason,
      status: 'open',
      appointmentId: null,
      madeAt: w.now,
      madeById: w.actor.userId,
      decidedAt: null,
      decidedById: null,
      withdrawn: false,
      version: 1,
    }),
  )
}

type Decision = Pick<FollowUp, 'version' | 'status' | 'appointmentId'>

/** @throws Refusal `bad_input` for one that was taken back, or an appointment to which nobody will come */
export function decideFollowUp(w: W<Person>, id: string, { version, status, appointmentId }: Decision): FollowUp {
  const current = getOwnVersion(w, 'followUps', id, version)
  if (current.withdrawn) throw wrong('status', 'cannot be said of a recall that was taken back')
  if ((status === 'booked') !== (appointmentId !== null)) throw wrongAppointment('must be there exactly when booked')
  if (appointmentId) {
    const { patientId, clinicId, status: stands } = getRecord(w.sql, 'appointments', appointmentId)
    if (patientId !== current.patientId || clinicId !== current.clinicId)
      throw wrongAppointment('must be an appointment of this patient')
    if (stands === 'cancelled' || stands === 'no_show') throw wrongAppointment('must not be cancelled or missed')
  }
  const by =
    status === 'open' ? { decidedAt: null, decidedById: null } : { decidedAt: w.now, decidedById: w.actor.userId }
  return announced(w, w.update('followUps', { ...current, status, appointmentId, ...by, version: version + 1 }))
}

export function withdrawFollowUp(
  w: W<Person>,
  id: string,
  { version, withdrawn }: { version: number; withdrawn: boolean },
): FollowUp {
  const current = getOwnVersion(w, 'followUps', id, version)
  return announced(w, w.update('followUps', { ...current, withdrawn, version: version + 1 }))
}

/** Whoever has no appointment any more is to be recalled again. */
export function reopenFollowUps(w: W, appointmentId: string): void {
  const rows = w.sql.all`select * from followUps where appointmentId = ${appointmentId}`
  for (const current of fromRows('followUps', rows)) {
    const open = { status: 'open', appointmentId: null, decidedAt: null, decidedById: null } as const
    announced(w, w.update('followUps', { ...current, ...open, version: current.version + 1 }))
  }
}

const wrong = (field: string, message: string) => new Refusal('bad_input', { fields: [{ field, message }] })
const wrongAppointment = (message: string) => wrong('appointmentId', message)

function announced(w: W, followUp: FollowUp): FollowUp {
  const patients = followUp.patientId ? [getRecord(w.sql, 'patients', followUp.patientId)] : []
  w.record('follow_up_updated', { clinicIds: [followUp.clinicId] }, { followUps: [followUp], patients })
  return followUp
}
