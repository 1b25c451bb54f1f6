import { newId } from './api.ts'

// U8: what was typed and the hub has not acknowledged yet. Unlike a draft it outlives the window, also one that was
// killed, and stays when its person is signed out: only they get it back, and it goes with the acknowledgement. Each
// window keeps its own copies, so that two of one person do not write over each other; what a window left behind that is
// there no more is taken on by the next one. Which windows are there is told by the locks that they hold.
const windowId = newId()
const PREFIX = 'anteroom.unsaved.'
const lockOf = (id: string) => `anteroom.window.${id}`
const keyOf = (userId: string, name: string, id: string) => `${PREFIX}${userId}.${name}.${id}`

let holding = false

/** Held for as long as the window is there; the browser lets go of it whatever ends the window. */
function holdLock() {
  if (holding) return
  holding = true
  void navigator.locks.request(lockOf(windowId), () => new Promise<never>(() => undefined))
}

export function keepUnsaved(userId: string, name: string, value: unknown) {
  holdLock()
  localStorage.setItem(keyOf(userId, name, windowId), JSON.stringify(value))
}

export const dropUnsaved = (userId: string, name: string) => localStorage.removeItem(keyOf(userId, name, windowId))

export type LeftBehind<T> = { name: string; value: T; own: boolean; taken: () => void }

/**
 * What this person left unsaved: in windows that are there no more, and in this one (`own`), where somebody else may have
 * worked since. `taken` when this window keeps it now.
 */
export async function leftBehind<T>(userId: string): Promise<LeftBehind<T>[]> {
  const { held = [] } = await navigator.locks.query()
  const there = new Set(held.map((lock) => lock.name))
  const prefix = `${PREFIX}${userId}.`
  return Object.keys(localStorage).flatMap((key) => {
    if (!key.startsWith(prefix)) return []
    const [name = '', id = ''] = key.slice(prefix.length).split('.')
    const text = localStorage.getItem(key)
    const own = id === windowId
    if (text === null || (!own && there.has(lockOf(id)))) return []
    const taken = () => (own ? undefined : localStorage.removeItem(key))
    return [{ name, value: JSON.parse(text) as T, own, taken }]
  })
}
