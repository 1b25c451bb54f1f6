import { create } from 'zustand'
import type { Changes, FeedEvent, Noun, Nouns } from '../../contract/feed.ts'

/** Every record that this page knows, once, by noun and id. */
export type Records = { readonly [N in Noun]: Readonly<Record<string, Nouns[N]>> }

export type LiveState = {
  /** Which feed the records come from; `null` before the first snapshot. */
  feed: string | null
  /** Up to where on that feed they are true. */
  position: number
  nouns: Records
}

const NOUNS: readonly Noun[] = [
  'clinics',
  'closures',
  'pools',
  'doctors',
  'schedules',
  'leaves',
  'services',
  'rooms',
  'beds',
  'boards',
  'devices',
  'users',
  'staff',
  'presence',
  'patients',
  'allergies',
  'appointments',
  'phoneCalls',
  'visits',
  'waits',
  'forecasts',
  'charges',
  'payments',
  'alerts',
  'alertReasons',
  'alertOutcomes',
  'triageRecords',
  'rulePackChoices',
  'consultations',
  'prescriptions',
  'orders',
  'attachments',
  'followUps',
  'medicines',
  'diagnosisTerms',
  'notifications',
  'notificationPreferences',
]

const noRecords = Object.fromEntries(NOUNS.map((noun) => [noun, {}])) as Records
export const emptyState: LiveState = { feed: null, position: 0, nouns: noRecords }

/** The one way records change: each replaces what is there if its version is newer. Same state if nothing is. */
export function withChanges(nouns: Records, changes: Changes): Records {
  let next = nouns
  for (const noun of NOUNS) next = withRecords(next, noun, changes[noun])
  return next
}

function withRecords<N extends Noun>(nouns: Records, noun: N, incoming: readonly Nouns[N][] | undefined): Records {
  if (!incoming) return nouns
  const present: Readonly<Record<string, Nouns[N]>> = nouns[noun]
  let next: Record<string, Nouns[N]> | undefined
  for (const record of incoming) {
    const known = (next ?? present)[record.id]
    if (known && known.version >= record.version) continue
    next ??= { ...present }
    next[record.id] = record
  }
  return next ? { ...nouns, [noun]: next } : nouns
}

/** The events of one frame or of several, as one change of state. Events that are already in are left out. */
export function withEvents(state: LiveState, events: readonly FeedEvent[], upTo: number): LiveState {
  let nouns = state.nouns
  for (const event of events) if (event.seq > state.position) nouns = withChanges(nouns, event.changes)
  return { ...state, nouns, position: Math.max(state.position, upTo) }
}

/**
 * A snapshot replaces everything but what is held, if it is of the same feed. Records that did not change stay the same
 * objects, so that nothing redraws for them.
 */
export function fromSnapshot(previous: LiveState, taken: Taken, isHeld: Held = nothingHeld): LiveState {
  const { feed, seq: position, data } = taken
  const held = feed === previous.feed ? isHeld : nothingHeld
  let nouns = noRecords
  for (const noun of NOUNS) nouns = snapshotOf(nouns, previous, noun, data[noun], held)
  return { feed, position, nouns }
}

export type Taken = { feed: string; seq: number; data: Changes }
export type Held = (noun: Noun, record: Nouns[Noun]) => boolean
const nothingHeld: Held = () => false

function snapshotOf<N extends Noun>(
  nouns: Records,
  previous: LiveState,
  noun: N,
  list: readonly Nouns[N][] = [],
  isHeld: Held,
): Records {
  const known: Readonly<Record<string, Nouns[N]>> = previous.nouns[noun]
  const kept = Object.values(known).filter((record) => isHeld(noun, record))
  const records: Record<string, Nouns[N]> = Object.fromEntries(kept.map((record) => [record.id, record]))
  for (const record of list) {
    const before = known[record.id]
    records[record.id] = before && before.version === record.version ? before : record
  }
  return { ...nouns, [noun]: records }
}

export const useLive = create<LiveState>(() => emptyState)

/** Records that came as an answer and not by the feed: the feed brings them too, in its own time. */
export function adopt(changes: Changes) {
  useLive.setState((state) => {
    const nouns = withChanges(state.nouns, changes)
    return nouns === state.nouns ? state : { nouns }
  })
}

/** One record by its id; `undefined` while unknown. Redraws only when that record changes. */
export function useRecord<N extends Noun>(noun: N, id: string | null | undefined): Nouns[N] | undefined {
  return useLive((state) => (id ? recordIn(state, noun, id) : undefined))
}

/** All records of a noun, by id. Redraws whenever one of them changes: prefer `useRecord`. */
export function useRecords<N extends Noun>(noun: N): Records[N] {
  return useLive((state) => state.nouns[noun])
}

export function findRecord<N extends Noun>(noun: N, id: string | null | undefined): Nouns[N] | undefined {
  return id ? recordIn(useLive.getState(), noun, id) : undefined
}

export function recordIn<N extends Noun>(state: LiveState, noun: N, id: string): Nouns[N] | undefined {
  const records: Readonly<Record<string, Nouns[N]>> = state.nouns[noun]
  return records[id]
}
