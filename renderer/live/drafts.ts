import { useCallback, useState } from 'react'
import { tellNotKept } from './not-kept.ts'
import { useSession } from './session.ts'
import { withoutSent } from './without-sent.ts'

// U8: a draft belongs to its person and survives lock, reload and a lost connection. It is kept for this window only, and
// goes when the person signs out: nothing of a patient stays behind on the computer. Clinical forms: `kept-drafts.ts`.
const keyOf = (userId: string, name: string) => `anteroom.draft.${userId}.${name}`

export function readDraft<T>(userId: string, name: string): T | undefined {
  const text = sessionStorage.getItem(keyOf(userId, name))
  return text === null ? undefined : (JSON.parse(text) as T)
}

export function writeDraft(userId: string, name: string, value: unknown) {
  if (value === undefined) return sessionStorage.removeItem(keyOf(userId, name))
  try {
    sessionStorage.setItem(keyOf(userId, name), JSON.stringify(value))
  } catch (error) {
    // The browser has no room left for this page: what is typed stays on the screen.
    if (!(error instanceof DOMException)) throw error
    tellNotKept()
  }
}

export const forgetDraft = (userId: string, name: string) => sessionStorage.removeItem(keyOf(userId, name))

export function forgetDrafts(userId: string) {
  const prefix = keyOf(userId, '')
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key)
}

type Draft<T> = [value: T, change: (part: Partial<T>) => void, clear: () => void, sent: (what: T) => void]

/**
 * A form's state that outlives the form. `clear` when it has been sent and closes; `sent` where it stays open for the
 * next: empties `perEntry` (everything, unless told).
 */
export function useDraft<T extends object>(name: string, initial: T, perEntry: Partial<T> = initial): Draft<T> {
  const userId = useSession((session) => session.user?.id ?? '')
  const [value, setValue] = useState<T>(() => ({ ...initial, ...readDraft<T>(userId, name) }))
  const keep = useCallback(
    (after: T) => {
      writeDraft(userId, name, after)
      return after
    },
    [userId, name],
  )
  const change = useCallback((part: Partial<T>) => setValue((before) => keep({ ...before, ...part })), [keep])
  const clear = useCallback(() => writeDraft(userId, name, undefined), [userId, name])
  const sent = (what: T) => setValue((before) => keep(withoutSent(before, what, perEntry)))
  return [value, change, clear, sent]
}
