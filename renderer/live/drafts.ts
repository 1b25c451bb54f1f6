import { useCallback, useState } from 'react'
import { useSession } from './session.ts'

// U8: a draft belongs to its person and survives lock, reload and a lost connection. It is kept for this window only, and
// goes when the person signs out: nothing of a patient stays behind on the computer.
const keyOf = (userId: string, name: string) => `anteroom.draft.${userId}.${name}`

export function readDraft<T>(userId: string, name: string): T | undefined {
  const text = sessionStorage.getItem(keyOf(userId, name))
  return text === null ? undefined : (JSON.parse(text) as T)
}

export function writeDraft(userId: string, name: string, value: unknown) {
  if (value === undefined) sessionStorage.removeItem(keyOf(userId, name))
  else sessionStorage.setItem(keyOf(userId, name), JSON.stringify(value))
}

export const forgetDraft = (userId: string, name: string) => sessionStorage.removeItem(keyOf(userId, name))

export function forgetDrafts(userId: string) {
  const prefix = keyOf(userId, '')
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key)
}

/** A form's state that outlives the form. `clear` when it has been sent. */
export function useDraft<T extends object>(name: string, initial: T): [T, (change: Partial<T>) => void, () => void] {
  const userId = useSession((session) => session.user?.id ?? '')
  const [value, setValue] = useState<T>(() => ({ ...initial, ...readDraft<T>(userId, name) }))
  const change = useCallback(
    (part: Partial<T>) =>
      setValue((before) => {
        const after = { ...before, ...part }
        writeDraft(userId, name, after)
        return after
      }),
    [userId, name],
  )
  const clear = useCallback(() => writeDraft(userId, name, undefined), [userId, name])
  return [value, change, clear]
}
