import { create } from 'zustand'
import type { Me } from '../../contract/auth.ts'
import type { Clinic } from '../../contract/clinics.ts'
import { clinicDay } from '../../rules/clinic-day.ts'
import { api } from './api.ts'
import { hubNow, useMinute } from './clock.ts'
import { useSession } from './session.ts'
import { findRecord, useRecord } from './store.ts'

type ClinicChoice = { clinicId: string | null; clinics: readonly Pick<Clinic, 'id' | 'name'>[] }

const keyOf = (userId: string) => `anteroom.clinic.${userId}`

/** The clinic that this window works in, and those its person may change to. */
export const useClinicChoice = create<ClinicChoice>(() => ({ clinicId: null, clinics: [] }))

/** The clinic that the person used last on this computer, or the first of theirs. */
export async function chooseFirstClinic(user: Me): Promise<void> {
  const saved = localStorage.getItem(keyOf(user.id))
  const clinicId = user.clinicIds.find((id) => id === saved) ?? user.clinicIds[0] ?? null
  useClinicChoice.setState({ clinicId, clinics: [] })
  const { items } = await api.clinics.list({})
  if (useSession.getState().user?.id !== user.id) return
  useClinicChoice.setState({ clinics: items.filter((clinic) => user.clinicIds.includes(clinic.id)) })
}

export function chooseClinic(clinicId: string) {
  const { user } = useSession.getState()
  if (user) localStorage.setItem(keyOf(user.id), clinicId)
  useClinicChoice.setState({ clinicId })
}

export const useClinicId = (): string => useClinicChoice((choice) => choice.clinicId) ?? ''

/** The present clinic; `undefined` until the first snapshot. */
export function useClinic(): Clinic | undefined {
  return useRecord(
    'clinics',
    useClinicChoice((choice) => choice.clinicId),
  )
}

export const currentClinic = (): Clinic | undefined => findRecord('clinics', useClinicChoice.getState().clinicId)

/** Q2: the clinic day of now, `YYYY-MM-DD`. */
export function useToday(): string {
  const clinic = useClinic()
  const minute = useMinute()
  return clinic ? dayOf(clinic, minute) : ''
}

export function currentDay(): string {
  const clinic = currentClinic()
  return clinic ? dayOf(clinic, hubNow()) : ''
}

function dayOf(clinic: Clinic, now: number): string {
  return clinicDay(new Date(now).toISOString(), clinic.timeZone, clinic.settings.dayTurnover)
}
