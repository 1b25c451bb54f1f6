import { useEffect, useState } from 'react'
import type { Patient } from '../../contract/patients.ts'
import { api } from '../live/api.ts'
import { useClinicId } from '../live/clinic.ts'
import { failureText } from '../live/perform.ts'
import { adopt } from '../live/store.ts'

export type PatientSearch = { items: readonly Patient[]; searching: boolean; failed: string | null; forText: string }

const NOTHING: PatientSearch = { items: [], searching: false, failed: null, forText: '' }
const PAUSE_MS = 120

/** More than this the hub does not look for. */
export const LONGEST_SEARCH = 200

/** P2: one box. Asks the hub a moment after the last key; only the last question's answer counts. */
export function usePatientSearch(text: string, limit = 8): PatientSearch {
  const clinicId = useClinicId()
  const [search, setSearch] = useState<PatientSearch>(NOTHING)
  const q = text.trim()
  useEffect(() => {
    if (q.length < 2) return setSearch(NOTHING)
    const cancel = new AbortController()
    setSearch((before) => ({ ...before, searching: true, failed: null }))
    const timer = setTimeout(async () => {
      try {
        const { items } = await api.patients.search({ query: { q, clinicId, limit } }, { signal: cancel.signal })
        adopt({ patients: items })
        setSearch({ items, searching: false, failed: null, forText: q })
      } catch (error) {
        if (!cancel.signal.aborted) setSearch({ ...NOTHING, failed: failureText(error) })
      }
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      cancel.abort()
    }
  }, [q, clinicId, limit])
  return search
}
