import { api } from '../live/api.ts'
import { setOpened, useOpen } from '../live/opened.ts'
import { perform } from '../live/perform.ts'
import { adopt } from '../live/store.ts'

export const useIsRecordOpen = (patientId: string): boolean => useOpen(patientId, () => openRecord(patientId))

/** Names the opening of a record while it is under way, for `useBusy`. */
export const openingKey = (id: string): string => `record.open.${id}`

/** T0: of somebody whom nobody knows yet there is only the visit. */
export async function openVisitRecord(visitId: string): Promise<void> {
  const record = await perform({
    key: openingKey(visitId),
    run: () => api.consultations.ofVisit({ params: { id: visitId } }),
  })
  if (!record) return
  adopt(record)
  setOpened(visitId)
}

export async function openRecord(patientId: string): Promise<void> {
  const record = await perform({
    key: openingKey(patientId),
    run: () => api.patients.openRecord({ params: { id: patientId } }),
  })
  if (!record) return
  const { allergies, ...written } = record
  adopt({ allergies: [allergies], ...written })
  setOpened(patientId)
}
