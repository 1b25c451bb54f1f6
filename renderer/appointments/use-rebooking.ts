import { useCallback, useMemo, useState } from 'react'
import type { Visit } from '../../contract/visits.ts'
import { api } from '../live/api.ts'
import { useLive, useRecords } from '../live/store.ts'
import { useRead } from '../live/use-read.ts'
import { type Picked, rebookRows } from './rebook-rows.ts'

export type RebookQuestion = { doctorId: string; toDoctorId: string; on: 'today' | 'next_days'; from: string }

/** The hub's proposal with what reception made of it; asked anew when somebody books with one of the two doctors. */
export function useRebooking({ doctorId, toDoctorId, on, from }: RebookQuestion) {
  const [picked, setPicked] = useState<Picked>({})
  const mark = useBookedMark(doctorId, toDoctorId)
  const read = useCallback(
    (signal: AbortSignal) => {
      const query = { doctorId, toDoctorId, on, ...(on === 'next_days' ? { from } : {}) }
      return api.rebookings.propose({ query }, { signal })
    },
    [doctorId, toDoctorId, on, from],
  )
  const { data: proposal, failed, again } = useRead(read, mark)
  const rows = useMemo(() => {
    const { appointments } = useLive.getState().nouns
    return proposal ? rebookRows(proposal, picked, (id) => appointments[id]?.serviceId) : []
  }, [proposal, picked])
  const choose = (appointmentId: string, startsAt: string | null) =>
    setPicked((all) => ({ ...all, [appointmentId]: startsAt }))
  /** A new proposal; only who was left out stays so. */
  const anew = () => {
    setPicked((all) => Object.fromEntries(Object.entries(all).filter(([, startsAt]) => startsAt === null)))
    again()
  }
  return { rows, loading: !proposal && !failed, failed, again, choose, anew }
}

/** Changes when an appointment of one of them does. */
function useBookedMark(...doctorIds: string[]): string {
  return useLive((state) =>
    Object.values(state.nouns.appointments)
      .filter((appointment) => doctorIds.includes(appointment.doctorId))
      .reduce((sum, appointment) => sum + appointment.version, 0)
      .toString(),
  )
}

/** Who waits for this doctor; who is with them, or on hold, is not moved from here. */
export function useWaitingFor(doctorId: string, today: string): readonly Visit[] {
  const visits = useRecords('visits')
  return useMemo(
    () =>
      Object.values(visits)
        .filter(
          ({ doctorId: whose, day, status }) =>
            whose === doctorId && day === today && ['waiting', 'in_triage', 'called'].includes(status),
        )
        .sort((a, b) => a.arrivedAt.localeCompare(b.arrivedAt)),
    [visits, doctorId, today],
  )
}
