import { create } from 'zustand'

/** The patients whom this window watches over, and how many of its parts do. */
const useWatchers = create<Readonly<Record<string, number>>>(() => ({}))

/** Those whose rooms on the feed this window wants to be in. */
export const watchedPatients = (): readonly string[] => Object.keys(useWatchers.getState())

/** Once for all that changes at a time: one part of the page gives a patient over to another without leaving the room. */
export function onWatchedChange(changed: () => void): () => void {
  let planned = false
  return useWatchers.subscribe(() => {
    if (planned) return
    planned = true
    queueMicrotask(() => {
      planned = false
      changed()
    })
  })
}

/** Watches over a patient until the answer is called. */
export function watchPatient(patientId: string): () => void {
  const count = (by: 1 | -1) =>
    useWatchers.setState(({ [patientId]: before = 0, ...others }) => {
      const now = before + by
      return now > 0 ? { ...others, [patientId]: now } : others
    }, true)
  count(1)
  return () => count(-1)
}
