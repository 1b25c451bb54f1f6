import { useEffect } from 'react'
import { create } from 'zustand'
import type { Noun, Nouns } from '../../contract/feed.ts'
import { useConnection } from './connection.ts'
import { useSession } from './session.ts'

/**
 * P5: opening a record is audited, so it is done when a person does it, and remembered for as long as they are signed
 * in. By the patient's id, or the visit's of somebody whom nobody knows yet (T0).
 */
type Opened = Readonly<Record<string, 'read' | 'to_read_again'>>

const useOpened = create<Opened>(() => ({}))

useSession.subscribe((session, before) => {
  if (session.user?.id !== before.user?.id) useOpened.setState({}, true)
})

export const setOpened = (id: string): void => useOpened.setState({ [id]: 'read' })

const OPENED_BY_HAND: ReadonlySet<Noun> = new Set([
  'allergies',
  'consultations',
  'prescriptions',
  'orders',
  'attachments',
  'triageRecords',
])

/** The vital signs of a patient are opened apart from the record; of somebody whom nobody knows yet, the visit's. */
export const triageKey = (patientOrVisitId: string): string => `triage.${patientOrVisitId}`

/** Whether a record came by opening: a snapshot, which knows nothing of that, does not take it from who is reading. */
export function isHeld(noun: Noun, record: Nouns[Noun]): boolean {
  if (!OPENED_BY_HAND.has(noun)) return false
  const opened = useOpened.getState()
  const about = 'patientId' in record ? record.patientId : null
  const visit = 'visitId' in record ? record.visitId : null
  const keys = noun === 'triageRecords' ? [triageKey(about ?? visit ?? '')] : [record.id, about, visit]
  return keys.some((id) => id && opened[id] !== undefined)
}

/**
 * After a snapshot: what was opened stays on screen, and is read again as soon as it is looked at. `about`: only what is
 * of that patient.
 */
export function mustBeReadAgain(about = ''): void {
  useOpened.setState(
    (opened) =>
      Object.fromEntries(
        Object.entries(opened).map(([id, state]) => [id, id.endsWith(about) ? 'to_read_again' : state]),
      ),
    true,
  )
}

export const isOpened = (id: string): boolean => useOpened.getState()[id] !== undefined

/** Whether a record is open in this window; what is open but no longer sure is read again while the hub is there. */
export function useOpen(id: string, readAgain: () => Promise<void>): boolean {
  const opened = useOpened((all) => all[id])
  const live = useConnection((connection) => connection.state === 'live')
  const wanted = live && opened === 'to_read_again'
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each time that it is wanted
  useEffect(() => {
    if (wanted) void readAgain()
  }, [wanted, id])
  return opened !== undefined
}
