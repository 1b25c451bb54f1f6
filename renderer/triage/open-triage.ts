import { useCallback, useEffect, useMemo, useState } from 'react'
import type { TriageRecord } from '../../contract/triage.ts'
import type { Visit } from '../../contract/visits.ts'
import { api } from '../live/api.ts'
import { useConnection } from '../live/connection.ts'
import { isOpened, setOpened, triageKey, useOpen } from '../live/opened.ts'
import { perform } from '../live/perform.ts'
import { adopt, useRecords } from '../live/store.ts'

type Of = Pick<Visit, 'id' | 'patientId'>

const keyOf = ({ id, patientId }: Of): string => triageKey(patientId ?? id)

/** What was taken of the visit's patient before, into the store, once; the feed brings what comes. */
export async function openTriage(visit: Of): Promise<void> {
  if (!isOpened(keyOf(visit))) await readTriage(visit)
}

/** P5: whoever begins to type opens it too: once, and with the hub away once it is back. */
export function useOpenOnceTyped(visit: Of): () => void {
  const [typed, setTyped] = useState(false)
  const live = useConnection((connection) => connection.state === 'live')
  const wanted = typed && live
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each time that it is wanted, not for each change of the visit
  useEffect(() => {
    if (wanted) void openTriage(visit)
  }, [wanted, visit.id])
  return useCallback(() => setTyped(true), [])
}

async function readTriage(visit: Of): Promise<void> {
  const key = keyOf(visit)
  const answer = await perform({
    key: `triage.open.${visit.id}`,
    run: () => api.triage.ofVisit({ params: { id: visit.id } }),
  })
  if (!answer) return
  adopt({ triageRecords: answer.items })
  setOpened(key)
}

export const useIsTriageOpen = (visit: Of): boolean => useOpen(keyOf(visit), () => readTriage(visit))

/** Oldest first: all that this page was told of the visit's patient, or of the visit while nobody knows who it is (T0). */
export function useTaken({ id, patientId }: Of): readonly TriageRecord[] {
  const records = useRecords('triageRecords')
  return useMemo(
    () =>
      Object.values(records)
        .filter((record) => (patientId ? record.patientId === patientId : record.visitId === id))
        .sort((a, b) => (a.takenAt + a.id < b.takenAt + b.id ? -1 : 1)),
    [records, id, patientId],
  )
}
