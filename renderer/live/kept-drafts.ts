import { useCallback, useEffect, useMemo, useState } from 'react'
import { create } from 'zustand'
import { hubNow, hubNowIso } from './clock.ts'
import { useSession } from './session.ts'
import { dropUnsaved, keepUnsaved, leftBehind } from './unsaved.ts'
import { withoutSent } from './without-sent.ts'

// U8: what is typed into a clinical form and not sent yet. Kept as the notes are (decision 0012): sealed on this computer,
// past a window that was killed, taken up by the next one of the same person, let go when it was sent or given up.

/** What a person changed, and since when the first of it stands there, by the hub's clock. */
type Kept = { since: string; parts: object }

const KIND = 'form.'
/** What nobody took up for so long does not lie on the computer for ever. */
const LONGEST_MS = 30 * 24 * 60 * 60_000

const useKept = create<Readonly<Record<string, Kept>>>(() => ({}))

const person = () => useSession.getState().user?.id ?? ''

function put(name: string, kept: Kept | undefined) {
  if (kept) return useKept.setState({ [name]: kept })
  useKept.setState(({ [name]: _gone, ...others }) => others, true)
}

function drop(name: string) {
  dropUnsaved(person(), KIND + name)
  put(name, undefined)
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** Only what differs from an untouched form: what nobody typed is never brought back as if somebody had. */
function typedIn<T extends object>(initial: T, value: T): Partial<T> {
  const keys = Object.keys(value) as (keyof T)[]
  return Object.fromEntries(
    keys.filter((key) => !isSame(value[key], initial[key])).map((key) => [key, value[key]]),
  ) as Partial<T>
}

const standing = <T extends object>(name: string, initial: T): T => ({ ...initial, ...useKept.getState()[name]?.parts })

function keep<T extends object>(name: string, initial: T, value: T) {
  const parts = typedIn(initial, value)
  if (Object.keys(parts).length === 0) return drop(name)
  const kept: Kept = { since: useKept.getState()[name]?.since ?? hubNowIso(), parts }
  put(name, kept)
  keepUnsaved(person(), KIND + name, kept)
}

/** Sent: what was typed meanwhile stays kept. A choice that only stands ready for the next entry is no text of anybody's. */
function keepRest<T extends object>(name: string, initial: T, rest: T, perEntry: Partial<T>) {
  const typedOn = Object.keys(perEntry).some((key) => !isSame(rest[key as keyof T], initial[key as keyof T]))
  drop(name)
  if (typedOn) return keep(name, initial, rest)
  const parts = typedIn(initial, rest)
  if (Object.keys(parts).length > 0) put(name, { since: hubNowIso(), parts })
}

type Draft<T> = [value: T, change: (part: Partial<T>) => void, clear: () => void, sent: (what: T) => void]

/** As `useDraft`, for clinical forms: kept past the window too, and only in the parts that somebody changed. */
export function useKeptDraft<T extends object>(name: string, initial: T, perEntry: Partial<T> = initial): Draft<T> {
  const userId = useSession((session) => session.user?.id)
  const [first] = useState(initial)
  const parts = useKept((all) => all[name]?.parts)
  // biome-ignore lint/correctness/useExhaustiveDependencies: for each person who comes to this window
  useEffect(() => {
    void takeUpForms()
  }, [userId])
  const value = useMemo(() => ({ ...first, ...parts }), [first, parts])
  const change = useCallback(
    (part: Partial<T>) => keep(name, first, { ...standing(name, first), ...part }),
    [name, first],
  )
  const clear = useCallback(() => drop(name), [name])
  const sent = (what: T) => keepRest(name, first, withoutSent(standing(name, first), what, perEntry), perEntry)
  return [value, change, clear, sent]
}

/** Since when the first of what stands in a form stands there; `null` while nothing does. */
export const useTypedSince = (name: string): string | null => useKept((all) => all[name]?.since ?? null)

let taking: Promise<void> | undefined

/** One at a time, so that what was sent meanwhile is not brought back by a second look. */
function takeUpForms(): Promise<void> {
  taking ??= takeUp().finally(() => {
    taking = undefined
  })
  return taking
}

/** What this person left behind is shown again. What stands in this window already stays; the other waits until it is gone. */
async function takeUp(): Promise<void> {
  const userId = person()
  if (!userId) return
  const all = await leftBehind<Kept>(userId, KIND)
  if (person() !== userId) return takeUp()
  for (const { name, value, taken } of all.sort((a, b) => (a.value.since > b.value.since ? -1 : 1))) {
    const tooOld = hubNow() - Date.parse(value.since) > LONGEST_MS
    if (useKept.getState()[name] && !tooOld) continue
    if (!tooOld) {
      put(name, value)
      keepUnsaved(userId, KIND + name, value)
    }
    taken()
  }
}

// Somebody else sees nothing of it; it waits on this computer for its person.
useSession.subscribe((session, before) => {
  if (session.user?.id !== before.user?.id) useKept.setState({}, true)
})
