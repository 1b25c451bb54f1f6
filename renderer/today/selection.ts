import { create } from 'zustand'
import { findRecord, useLive } from '../live/store.ts'

/** Whom the third pane of Today is about. */
export type Selection =
  | { kind: 'nobody' }
  | { kind: 'visit'; id: string }
  | { kind: 'appointment'; id: string }
  | { kind: 'patient'; id: string }

export const useSelection = create<{ selection: Selection }>(() => ({ selection: { kind: 'nobody' } }))

const select = (selection: Selection) => useSelection.setState({ selection })

export const showVisit = (id: string) => select({ kind: 'visit', id })
export const showAppointment = (id: string) => select({ kind: 'appointment', id })
export const showNobody = () => select({ kind: 'nobody' })

/** A patient is shown with the visit of today, if there is one. */
export function showPatient(patientId: string, today: string) {
  const visit = Object.values(useLive.getState().nouns.visits).find(
    (each) => each.patientId === patientId && each.day === today,
  )
  select(visit ? { kind: 'visit', id: visit.id } : { kind: 'patient', id: patientId })
}

/** The visit that an appointment became; `undefined` while it has not. */
export function visitOfAppointment(appointmentId: string): string | undefined {
  if (!findRecord('appointments', appointmentId)) return undefined
  const visits = Object.values(useLive.getState().nouns.visits)
  return visits.find(
    (visit) => visit.appointmentId === appointmentId || visit.nextAppointmentIds.includes(appointmentId),
  )?.id
}

/** The visit that is selected, by itself or by its appointment. */
export function selectedVisitId(): string | undefined {
  const { selection } = useSelection.getState()
  if (selection.kind === 'visit') return selection.id
  return selection.kind === 'appointment' ? visitOfAppointment(selection.id) : undefined
}
