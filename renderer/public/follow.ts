import { io } from 'socket.io-client'
import type { Tracked } from '../../contract/public.ts'

type Following<State> = {
  /** What it asks with, and what it then hears. */
  ask: 'join_queue' | 'join_slip'
  hear: 'queue_updated' | 'slip_updated'
  token: string
  state: (state: State) => void
  /** The token opens nothing, or too many were tried. */
  refused: (seconds: number | undefined) => void
  /** What is shown may be old; or is live again. */
  connected: (live: boolean) => void
}

/** A page that was hidden shows at once that it is not live, but not for the blink of a restart. */
const PATIENCE_MS = 2500

/**
 * Follows a ticket or a slip for as long as the page is open: joins again by itself whenever the connection was gone, also
 * after a restart of the hub. Closing the page leaves the room.
 */
export function follow<State>({ ask, hear, token, state, refused, connected }: Following<State>): void {
  const socket = io('/track', {
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 3000,
    timeout: 8000,
  })
  let patience: ReturnType<typeof setTimeout> | undefined
  const lost = () => {
    clearTimeout(patience)
    patience = setTimeout(() => connected(false), PATIENCE_MS)
  }
  const join = () => {
    socket.emit(ask, { token }, (answer: Tracked<State>) => {
      if (!answer.ok) {
        const seconds = answer.code === 'too_many' ? answer.seconds : undefined
        refused(seconds)
        if (seconds !== undefined) setTimeout(join, seconds * 1000)
        return
      }
      clearTimeout(patience)
      connected(true)
      state(answer.state)
    })
  }
  socket.on('connect', join)
  socket.on('disconnect', lost)
  socket.on('connect_error', lost)
  socket.on(hear, state)
  // A phone that was in a pocket has lost its connection without a word.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && !socket.connected) socket.connect()
  })
  lost()
}

/** One of the few things that a patient does. Answers whether it is done. */
export async function act(path: string, given: object): Promise<boolean> {
  try {
    const headers = { 'content-type': 'application/json' }
    const { ok } = await fetch(`${location.pathname}/${path}`, { method: 'POST', headers, body: JSON.stringify(given) })
    return ok
  } catch {
    // Not connected: the page says so, and it can be tried again.
    return false
  }
}
