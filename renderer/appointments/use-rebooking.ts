import { useCallback, useMemo, useState } from 'react'
import type { Visit } from '../../contract/visits.ts'
import { freeBeside } from '../../rules/rebooking.ts'
import type { Slot } from '../../rules/slots.ts'
import { api } from '../live/api.ts'
import { useLive, useRecords } from '../live/store.ts'
import { useRead } from '../live/use-read.ts'

export type RebookQuestion = { doctorId: string; toDoctorId: string; on: 'today' | 'next_days'; from: string }

export type RebookRow = {
  appointmentId: string
  /** `null`: stays where it is, for a person to phone and move. */
  startsAt: string | null
  /** What else is free, beside what the other rows take. */
  choices: readonly Slot[]
}

/** The hub's proposal with what reception made of it; asked anew when somebody books with one of the two doctors. */
export function useRebooking({ doctorId, toDoctorId, on, from }: RebookQuestion) {
  const [chosen, setChosen] = useState<Readonly<Record<string, string | null>>>({})
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
    if (!proposal) return []
    const services = new Map(proposal.slots.map(({ serviceId, items }) => [serviceId, items]))
    const { appointments } = useLive.getState().nouns
    const bare = proposal.rows.map(({ appointmentId, slot }) => {
      const slots = services.get(appointments[appointmentId]?.serviceId ?? '') ?? []
      const own = chosen[appointmentId]
      // A time that went while it stood here is proposed anew.
      const mine = slots.find((one) => one.startsAt === own)
      return { appointmentId, slots, slot: own === null ? null : (mine ?? slot) }
    })
    return bare.map(({ appointmentId, slots, slot }) => {
      const others = bare.flatMap((other) => (other.slot && other.appointmentId !== appointmentId ? [other.slot] : []))
      return { appointmentId, startsAt: slot?.startsAt ?? null, choices: freeBeside(slots, others) }
    })
  }, [proposal, chosen])
  const choose = (appointmentId: string, startsAt: string | null) =>
    setChosen((all) => ({ ...all, [appointmentId]: startsAt }))
  /** The proposal as it is, without what was changed in it. */
  const anew = () => {
    setChosen({})
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
