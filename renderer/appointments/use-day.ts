import { useCallback, useMemo } from 'react'
import type { Appointment, AppointmentStatus } from '../../contract/appointments.ts'
import { api } from '../live/api.ts'
import { useClinicId } from '../live/clinic.ts'
import { adopt, useRecords } from '../live/store.ts'
import { useListed } from '../live/use-listed.ts'

export type DayFilter = { doctorId: string | null; status: AppointmentStatus | null }

/** The appointments of any day, live: what the snapshot of today lacks is read once, and the feed keeps it true. */
export function useDay(day: string, { doctorId, status }: DayFilter) {
  const clinicId = useClinicId()
  const records = useRecords('appointments')
  const read = useCallback(
    async (signal: AbortSignal) => {
      const items = await readDay(clinicId, day, signal)
      adopt({ appointments: items })
      return true
    },
    [clinicId, day],
  )
  const items = useMemo(
    () =>
      Object.values(records)
        .filter(
          (each) =>
            each.clinicId === clinicId &&
            each.day === day &&
            (doctorId === null || each.doctorId === doctorId) &&
            (status === null || each.status === status),
        )
        .sort((a, b) => a.startsAt.localeCompare(b.startsAt) || a.id.localeCompare(b.id)),
    [records, clinicId, day, doctorId, status],
  )
  const { data, loading, failed, again } = useListed('appointments', read, items)
  return { items, loading: loading || (!data && items.length === 0), failed: items.length === 0 ? failed : null, again }
}

async function readDay(clinicId: string, date: string, signal: AbortSignal): Promise<Appointment[]> {
  const items: Appointment[] = []
  let cursor: string | null | undefined
  do {
    const query = { clinicId, date, limit: 500, ...(cursor ? { cursor } : {}) }
    const page = await api.appointments.list({ query }, { signal })
    items.push(...page.items)
    cursor = page.cursor
  } while (cursor)
  return items
}
