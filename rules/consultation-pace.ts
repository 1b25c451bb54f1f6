import { MINUTE_MS } from './instants.ts'

/** One stay of a patient with a doctor, in milliseconds. A visit that was held has several. */
export type Stay = {
  /** Since when they stood in the line that they were called from. */
  waitingMs: number
  /** The last call; `undefined` for one who was let in without. */
  calledMs: number | undefined
  fromMs: number
  toMs: number
}

/** Longer ones are no pause between two patients: a meal, another session, a day. */
const LONGEST_PAUSE_MS = 30 * MINUTE_MS

/**
 * Q11: how the stays of one doctor follow each other. A pause is the time from one's going out until the call of the
 * next, where that one was waiting already: what a doctor does besides shows in it. A walk is from the call until the
 * consultation begins. Both oldest first.
 */
export function paceOf(stays: readonly Stay[]): { pausesMs: number[]; walksMs: number[] } {
  const pausesMs: number[] = []
  const walksMs: number[] = []
  const inOrder = [...stays].sort((a, b) => a.fromMs - b.fromMs)
  inOrder.forEach(({ waitingMs, calledMs, fromMs }, index) => {
    const freeMs = inOrder[index - 1]?.toMs
    if (calledMs !== undefined) walksMs.push(Math.max(0, fromMs - Math.max(calledMs, freeMs ?? calledMs)))
    if (freeMs === undefined || waitingMs > freeMs) return
    // One may be called ahead: then there was no pause.
    const pause = Math.max(0, (calledMs ?? fromMs) - freeMs)
    if (pause <= LONGEST_PAUSE_MS) pausesMs.push(pause)
  })
  return { pausesMs, walksMs }
}
