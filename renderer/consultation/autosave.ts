import { create } from 'zustand'
import type { Consultation } from '../../contract/consultations.ts'
import { api, newId } from '../live/api.ts'
import { useConnection } from '../live/connection.ts'
import { refusalText } from '../live/perform.ts'
import { HubAway, isRefused, Refused } from '../live/refused.ts'
import { useSession } from '../live/session.ts'
import { adopt, findRecord, useRecord } from '../live/store.ts'
import { dropUnsaved, keepUnsaved, leftBehind } from '../live/unsaved.ts'
import { type Field, isSame, keepBoth, mergeWritten, nothingWritten, type Written, writtenIn } from './merge-text.ts'

// Saved as it is typed: kept on this computer with the very key, sent a moment later, and let go when the hub has it.

type Base = Written & { version: number }
type Kept = { base: Base; written: Written; keepEarlier?: boolean }
export type Unsaved = Kept & {
  state: 'typing' | 'saving' | 'away' | 'refused' | 'conflict'
  /** Who else wrote meanwhile, and where both did. */
  theirs?: { record: Consultation; both: Field[] }
  refusal?: string
}

const PAUSE_MS = 600
const RETRY_MS = 2000

const useUnsaved = create<Record<string, Unsaved>>(() => ({}))
const timers = new Map<string, ReturnType<typeof setTimeout>>()
const sending = new Map<string, Promise<void>>()

const KIND = 'text.'
/** What the notes of a visit are kept under on this computer. */
export const nameOf = (visitId: string) => KIND + visitId
const person = () => useSession.getState().user?.id ?? ''

function put(visitId: string, unsaved: Unsaved | undefined) {
  if (unsaved) return useUnsaved.setState({ [visitId]: unsaved })
  useUnsaved.setState(({ [visitId]: _gone, ...others }) => others, true)
}

function baseOf(visitId: string): Base {
  const record = findRecord('consultations', visitId)
  return record ? { ...writtenIn(record), version: record.version } : { ...nothingWritten, version: 0 }
}

/** What is written of a visit, as this window shows it, and how far it is saved. */
export function useWritten(visitId: string) {
  const record = useRecord('consultations', visitId)
  const unsaved = useUnsaved((all) => all[visitId])
  return { written: unsaved?.written ?? record ?? nothingWritten, record, unsaved }
}

/** The same for what is begun with it, as it is now. */
export function writtenNow(visitId: string): Written | undefined {
  return useUnsaved.getState()[visitId]?.written ?? findRecord('consultations', visitId)
}

/** `keepEarlier`: what stands there now is another text, and can be found again. */
export function write(visitId: string, part: Partial<Written>, keepEarlier?: boolean) {
  const before = useUnsaved.getState()[visitId]
  const base = before?.base ?? baseOf(visitId)
  const written = { ...(before?.written ?? writtenIn(base)), ...part }
  const kept: Kept = { base, written, ...((keepEarlier ?? before?.keepEarlier) ? { keepEarlier: true } : {}) }
  keepUnsaved(person(), nameOf(visitId), kept)
  const state = before?.state === 'conflict' || before?.state === 'saving' ? before.state : 'typing'
  put(visitId, { ...before, ...kept, state })
  plan(visitId, PAUSE_MS)
}

function plan(visitId: string, after: number) {
  clearTimeout(timers.get(visitId))
  timers.set(
    visitId,
    setTimeout(() => void saveNow(visitId), after),
  )
}

/** Sends what is not saved yet; answers when it is, or cannot be. */
export async function saveNow(visitId: string): Promise<void> {
  clearTimeout(timers.get(visitId))
  // Several may wait for the same: whoever is first sends what is left, and the others wait for that too.
  while (sending.has(visitId)) await sending.get(visitId)
  const unsaved = useUnsaved.getState()[visitId]
  if (!unsaved || unsaved.state === 'conflict') return
  if (isSame(unsaved.base, unsaved.written)) return finished(visitId)
  const sent = send(visitId, unsaved).finally(() => sending.delete(visitId))
  sending.set(visitId, sent)
  await sent
}

async function send(visitId: string, unsaved: Unsaved) {
  const { base, written, keepEarlier = false } = unsaved
  put(visitId, { ...unsaved, state: 'saving' })
  try {
    const record = await api.consultations.save(
      { params: { id: visitId }, body: { version: base.version, ...written, keepEarlier } },
      { context: { intent: newId() } },
    )
    adopt({ consultations: [record] })
    goOn(visitId, { ...written, version: record.version })
  } catch (error) {
    notSaved(visitId, error)
  }
}

/** The hub has this much: what was typed meanwhile follows. */
function goOn(visitId: string, base: Base) {
  const now = useUnsaved.getState()[visitId]
  if (!now) return
  if (isSame(now.written, base)) return finished(visitId)
  keepUnsaved(person(), nameOf(visitId), { base, written: now.written } satisfies Kept)
  put(visitId, { base, written: now.written, state: 'typing' })
  plan(visitId, PAUSE_MS)
}

function finished(visitId: string) {
  dropUnsaved(person(), nameOf(visitId))
  put(visitId, undefined)
}

function notSaved(visitId: string, error: unknown) {
  const now = useUnsaved.getState()[visitId]
  if (!now) return
  if (isRefused(error, 'stale_version')) return meet(visitId, now, error.data.current as Consultation)
  if (error instanceof HubAway) {
    put(visitId, { ...now, state: 'away' })
    return plan(visitId, RETRY_MS)
  }
  if (!(error instanceof Refused)) throw error
  put(visitId, { ...now, state: 'refused', refusal: refusalText(error) })
}

/** Q10: somebody else saved first. What does not touch the same field goes together by itself. */
function meet(visitId: string, now: Unsaved, record: Consultation) {
  adopt({ consultations: [record] })
  const base = { ...writtenIn(record), version: record.version }
  const { written, both } = mergeWritten(now.base, now.written, record)
  // Where both wrote, the base stays what both began with: a third save meets it in the same way.
  if (both.length > 0) return put(visitId, { ...now, written, state: 'conflict', theirs: { record, both } })
  keepUnsaved(person(), nameOf(visitId), { base, written } satisfies Kept)
  put(visitId, { base, written, state: 'typing' })
  plan(visitId, 0)
}

/** A person decides which text goes on; the other stays among the earlier ones. */
export function settle(visitId: string, how: 'mine' | 'theirs' | 'both') {
  const now = useUnsaved.getState()[visitId]
  if (!now?.theirs) return
  const { record, both } = now.theirs
  const theirs = writtenIn(record)
  const choice = how === 'theirs' ? theirs : keepBoth(now.written, theirs)
  const chosen = how === 'mine' ? {} : Object.fromEntries(both.map((field) => [field, choice[field]]))
  const base = { ...theirs, version: record.version }
  const next = { base, written: { ...now.written, ...chosen }, keepEarlier: true }
  keepUnsaved(person(), nameOf(visitId), next satisfies Kept)
  put(visitId, { ...next, state: 'typing' })
  void saveNow(visitId)
}

/** What this person left behind, by a crash, a reload or by somebody else in this window, is shown again and sent. */
export async function takeUpLeftBehind(): Promise<void> {
  const userId = person()
  const all = await leftBehind<Kept>(userId, KIND)
  if (person() !== userId) return
  for (const { name: visitId, value, own, taken } of all) {
    const mine = useUnsaved.getState()[visitId]
    if (own && mine) continue
    const written = mine ? keepBoth(mine.written, value.written) : value.written
    keepUnsaved(userId, nameOf(visitId), { ...value, written } satisfies Kept)
    taken()
    put(visitId, { ...value, written, state: 'typing' })
    plan(visitId, 0)
  }
}

// Somebody else sees nothing of it; what is not sent waits on this computer for its person.
useSession.subscribe((session, before) => {
  if (session.user?.id === before.user?.id) return
  for (const timer of timers.values()) clearTimeout(timer)
  useUnsaved.setState({}, true)
})

useConnection.subscribe((connection, before) => {
  if (connection.state !== 'live' || before.state === 'live') return
  for (const visitId of Object.keys(useUnsaved.getState())) void saveNow(visitId)
})
