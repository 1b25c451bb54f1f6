import { useMemo } from 'react'
import type { Nouns } from '../../contract/feed.ts'
import { useRecords } from '../live/store.ts'

type OnVisit = 'prescriptions' | 'orders' | 'attachments'

/** What hangs on one visit and was not withdrawn, in the order in which it was made. */
export function useOfVisit<N extends OnVisit>(noun: N, visitId: string): readonly Nouns[N][] {
  const records: Readonly<Record<string, Nouns[N]>> = useRecords(noun)
  return useMemo(() => standing(records).filter((record) => record.visitId === visitId), [records, visitId])
}

/** The same of one patient, of every visit. */
export function useOfPatient<N extends OnVisit>(noun: N, patientId: string | null): readonly Nouns[N][] {
  const records: Readonly<Record<string, Nouns[N]>> = useRecords(noun)
  return useMemo(
    () => (patientId ? standing(records).filter((record) => record.patientId === patientId) : []),
    [records, patientId],
  )
}

/** Ids are made in the order of time. */
function standing<R extends { id: string; withdrawnAt: string | null }>(records: Readonly<Record<string, R>>): R[] {
  return Object.values(records)
    .filter((record) => record.withdrawnAt === null)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}
