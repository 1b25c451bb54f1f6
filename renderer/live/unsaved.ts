import { create } from 'zustand'
import { newId } from './api.ts'
import { tellNotKept } from './not-kept.ts'
import { type Seal, sealOf, unseal } from './seal.ts'

// U8: what was typed and the hub has not acknowledged yet. Unlike a draft it outlives the window, also one that was
// killed, and stays when its person is signed out: only they get it back, for it is sealed with their key, and it goes with
// the acknowledgement. Each window keeps its own copies, so that two of one person do not write over each other; what a
// window left behind that is there no more is taken on by the next one. Which windows are there is told by the locks that
// they hold.
const windowId = newId()
const PREFIX = 'anteroom.unsaved.'
const lockOf = (id: string) => `anteroom.window.${id}`
const keyOf = (userId: string, name: string, id: string) => `${PREFIX}${userId}.${name}.${id}`

/** What could not be kept on this computer, by name: it is on the screen alone until the hub has it. */
export const useNotKept = create<Readonly<Record<string, true>>>(() => ({}))

/** The newest of each key that is still to be sealed, and what is sealed and written now; `true`: it is kept, or needs not be. */
const waiting = new Map<string, { value: unknown; seal: Seal | undefined }>()
const writing = new Map<string, Promise<boolean>>()
const wanted = new Set<string>()

let holding = false

/** Held for as long as the window is there; the browser lets go of it whatever ends the window. */
function holdLock() {
  if (holding) return
  holding = true
  void navigator.locks.request(lockOf(windowId), () => new Promise<never>(() => undefined))
}

/** Kept a moment later, sealed; whoever typed is told when that fails. Never throws: what is on the screen stays there. */
export function keepUnsaved(userId: string, name: string, value: unknown) {
  holdLock()
  const key = keyOf(userId, name, windowId)
  waiting.set(key, { value, seal: sealOf(userId) })
  wanted.add(key)
  if (!writing.has(key)) writing.set(key, keepWaiting(name, key))
}

/** One after the other, so that an older text never takes the place of a newer one. */
async function keepWaiting(name: string, key: string): Promise<boolean> {
  let kept = true
  try {
    for (let next = waiting.get(key); next; next = waiting.get(key)) {
      waiting.delete(key)
      const sealed = await next.seal?.(key, JSON.stringify(next.value))
      kept = !wanted.has(key) || (sealed !== undefined && put(key, sealed))
      noteKept(name, kept)
    }
  } finally {
    // In one turn with the last look at what waits: whatever comes now begins anew.
    writing.delete(key)
  }
  return kept
}

/** `false` when the browser has no room left for this page. */
function put(key: string, sealed: string): boolean {
  try {
    localStorage.setItem(key, sealed)
    return true
  } catch (error) {
    if (error instanceof DOMException) return false
    throw error
  }
}

function noteKept(name: string, kept: boolean) {
  const known = name in useNotKept.getState()
  if (kept && known) useNotKept.setState(({ [name]: _kept, ...others }) => others, true)
  if (kept || known) return
  useNotKept.setState({ [name]: true })
  tellNotKept()
}

export function dropUnsaved(userId: string, name: string) {
  const key = keyOf(userId, name, windowId)
  wanted.delete(key)
  waiting.delete(key)
  localStorage.removeItem(key)
  noteKept(name, true)
}

export type LeftBehind<T> = { name: string; value: T; own: boolean; taken: () => void }

/**
 * What this person left unsaved: in windows that are there no more, and in this one (`own`), where somebody else may have
 * worked since. `taken` when this window keeps it now. What their key does not open stays where it is.
 * @param kind what the names of it begin with; they are answered without it
 */
export async function leftBehind<T>(userId: string, kind: string): Promise<LeftBehind<T>[]> {
  const { held = [] } = await navigator.locks.query()
  const there = new Set(held.map((lock) => lock.name))
  await Promise.all(writing.values())
  const prefix = `${PREFIX}${userId}.${kind}`
  const found: (LeftBehind<T> & { key: string })[] = []
  for (const key of Object.keys(localStorage).filter((each) => each.startsWith(prefix))) {
    const end = key.lastIndexOf('.')
    const [name, id] = [key.slice(prefix.length, end), key.slice(end + 1)]
    const own = id === windowId
    const sealed = localStorage.getItem(key)
    if (sealed === null || (!own && there.has(lockOf(id)))) continue
    const text = await unseal(userId, key, sealed)
    if (text === undefined) continue
    const taken = own ? () => undefined : () => void letGo(key, keyOf(userId, kind + name, windowId))
    found.push({ key, name, value: JSON.parse(text) as T, own, taken })
  }
  // Not what was sent or given up while it was being opened.
  return found.filter(({ key }) => localStorage.getItem(key) !== null)
}

/** The copy of a window that is gone goes once this window's own is written, and not before. */
async function letGo(key: string, ownKey: string): Promise<void> {
  if ((await writing.get(ownKey)) ?? true) localStorage.removeItem(key)
}
