import { create } from 'zustand'
import { api } from '../live/api.ts'
import { perform } from '../live/perform.ts'
import { useSession } from '../live/session.ts'
import { adopt } from '../live/store.ts'

// P5: opening is audited, so it is done when a person does it, and remembered for as long as they are signed in.
const useOpened = create<Record<string, true>>(() => ({}))

useSession.subscribe((session, before) => {
  if (session.user?.id !== before.user?.id) useOpened.setState({}, true)
})

export const useIsRecordOpen = (patientId: string): boolean => useOpened((opened) => opened[patientId] === true)

/** T0: of somebody whom nobody knows yet there is only the visit. */
export async function openVisitRecord(visitId: string): Promise<void> {
  const record = await perform({
    key: `consultation.openVisit.${visitId}`,
    run: () => api.consultations.ofVisit({ params: { id: visitId } }),
  })
  if (!record) return
  adopt(record)
  useOpened.setState({ [visitId]: true })
}

export async function openRecord(patientId: string): Promise<void> {
  const record = await perform({
    key: `patient.openRecord.${patientId}`,
    run: () => api.patients.openRecord({ params: { id: patientId } }),
  })
  if (!record) return
  const { allergies, ...written } = record
  adopt({ allergies: [allergies], ...written })
  useOpened.setState({ [patientId]: true })
}
