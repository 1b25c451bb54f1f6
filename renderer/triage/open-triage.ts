import { useEffect, useMemo } from 'react'
import { create } from 'zustand'
import type { TriageRecord } from '../../contract/triage.ts'
import type { Visit } from '../../contract/visits.ts'
import { api } from '../live/api.ts'
import { perform } from '../live/perform.ts'
import { useSession } from '../live/session.ts'
import { adopt, useLive, useRecords } from '../live/store.ts'

// P5: opening is audited, so it is done when a person does it, and remembered for as long as they are signed in.
// By visit, with the records that came: a snapshot of the feed replaces what was opened, and then it is opened no more.
const useOpened = create<Record<string, readonly string[]>>(() => ({}))

useSession.subscribe((session, before) => {
  if (session.user?.id !== before.user?.id) useOpened.setState({}, true)
})

/** What was taken of the visit's patient before, into the store; the feed brings what comes. */
export async function openTriage(visitId: string): Promise<void> {
  if (useOpened.getState()[visitId]) return
  const answer = await perform({
    key: `triage.open.${visitId}`,
    run: () => api.triage.ofVisit({ params: { id: visitId } }),
  })
  if (!answer) return
  adopt({ triageRecords: answer.items })
  useOpened.setState({ [visitId]: answer.items.map(({ id }) => id) })
}

export const useIsTriageOpen = (visitId: string): boolean => useOpened((opened) => opened[visitId] !== undefined)

/** Oldest first: all that this page was told of the visit's patient, or of the visit while nobody knows who it is (T0). */
export function useTaken(visit: Pick<Visit, 'id' | 'patientId'>): readonly TriageRecord[] {
  const records = useRecords('triageRecords')
  const { id, patientId } = visit
  return useMemo(
    () =>
      Object.values(records)
        .filter((record) => (patientId ? record.patientId === patientId : record.visitId === id))
        .sort((a, b) => (a.takenAt + a.id < b.takenAt + b.id ? -1 : 1)),
    [records, id, patientId],
  )
}

/** Where a snapshot has replaced what was opened, it has to be opened again. */
export function useKeepOpen(visitId: string): void {
  const ids = useOpened((opened) => opened[visitId])
  const lost = useLive((state) => ids?.some((id) => !(id in state.nouns.triageRecords)) ?? false)
  useEffect(() => {
    if (lost) useOpened.setState(({ [visitId]: _gone, ...others }) => others, true)
  }, [lost, visitId])
}
