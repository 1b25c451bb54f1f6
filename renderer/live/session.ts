import { create } from 'zustand'
import type { Me, SignedIn } from '../../contract/auth.ts'
import { api } from './api.ts'
import { waitUntil } from './clock.ts'
import { forgetDrafts } from './drafts.ts'
import { HubAway, Refused } from './refused.ts'
import { setSealKey } from './seal.ts'
import { emptyState, useLive } from './store.ts'
import { currentToken, onRenewal, setToken } from './token.ts'

export type SessionState = {
  phase: 'starting' | 'signed_out' | 'signed_in' | 'locked'
  user: Me | null
  sessionId: string | null
  /** The page was signed in and is not any more, without its person wanting it. */
  ended: boolean
  /** While starting: the hub does not answer. */
  hubAway: boolean
}

// Kept for this window only, so that two windows can be two people. The refresh token itself is an HttpOnly cookie.
const SESSION_KEY = 'anteroom.session'
const LOCKED_KEY = 'anteroom.locked'
const RENEW_BEFORE_MS = 60_000
const RETRY_MS = 2000

export const useSession = create<SessionState>(() => ({
  phase: 'starting',
  user: null,
  sessionId: sessionStorage.getItem(SESSION_KEY),
  ended: false,
  hubAway: false,
}))

let renewTimer: ReturnType<typeof setTimeout> | undefined
let renewing: Promise<boolean> | null = null

/** On load: continues the window's session, if it has one. Waits for the hub as long as it takes. */
export async function startSession(): Promise<void> {
  onRenewal(renew)
  if (!useSession.getState().sessionId) return useSession.setState({ phase: 'signed_out' })
  try {
    await renew()
  } catch (error) {
    if (!(error instanceof HubAway)) throw error
    useSession.setState({ hubAway: true })
    setTimeout(startSession, RETRY_MS)
  }
}

export async function signIn(username: string, password: string): Promise<void> {
  const answer = await api.auth.login({ body: { username, password } }, { context: { anonymous: true } })
  enter(answer)
}

/** Continues on a locked screen: as the same person, or, with a name, as another. */
export async function unlock(secret: string, username?: string): Promise<void> {
  const { sessionId } = useSession.getState()
  if (!sessionId) return leave(false)
  const answer = await api.auth.unlock({ body: { sessionId, secret, username } }, { context: { anonymous: true } })
  sessionStorage.removeItem(LOCKED_KEY)
  enter(answer)
}

/** Hides the screen at once. The connection and everybody's drafts stay. */
export function lock() {
  if (useSession.getState().phase !== 'signed_in') return
  sessionStorage.setItem(LOCKED_KEY, '1')
  useSession.setState({ phase: 'locked' })
}

export async function signOut(): Promise<void> {
  const { user } = useSession.getState()
  try {
    await api.auth.logout({})
  } catch (error) {
    // The session may have ended already; with the hub away it ends by itself. The page forgets it either way.
    if (!(error instanceof Refused || error instanceof HubAway)) throw error
  }
  if (user) forgetDrafts(user.id)
  leave(false)
}

/** Forgets who is here and all that this page knows; the session itself is over, or ends by itself. */
export function dropSession() {
  if (useSession.getState().sessionId) leave(false)
}

function enter(answer: SignedIn) {
  const previous = useSession.getState().user
  // Another person may see other things: nothing of the last one's stays.
  if (previous && previous.id !== answer.user.id) useLive.setState(emptyState)
  setToken({ value: answer.accessToken, expiresAt: answer.expiresAt })
  setSealKey({ userId: answer.user.id, key: answer.unsavedKey })
  sessionStorage.setItem(SESSION_KEY, answer.sessionId)
  const phase = sessionStorage.getItem(LOCKED_KEY) ? 'locked' : 'signed_in'
  useSession.setState({ phase, user: answer.user, sessionId: answer.sessionId, ended: false, hubAway: false })
  planRenewal()
}

function leave(ended: boolean) {
  clearTimeout(renewTimer)
  setToken(null)
  setSealKey(null)
  sessionStorage.removeItem(SESSION_KEY)
  sessionStorage.removeItem(LOCKED_KEY)
  useLive.setState(emptyState)
  useSession.setState({ phase: 'signed_out', user: null, sessionId: null, ended })
}

function planRenewal() {
  clearTimeout(renewTimer)
  const token = currentToken()
  if (!token) return
  const wait = Math.max(5000, waitUntil(Date.parse(token.expiresAt)) - RENEW_BEFORE_MS)
  renewTimer = setTimeout(() => {
    renew().catch((error: unknown) => {
      if (!(error instanceof HubAway)) throw error
      clearTimeout(renewTimer)
      renewTimer = setTimeout(planRenewal, RETRY_MS)
    })
  }, wait)
}

/** A new access token; `false` when the session is over. One at a time, for everybody who asks. */
function renew(): Promise<boolean> {
  renewing ??= renewOnce().finally(() => {
    renewing = null
  })
  return renewing
}

async function renewOnce(): Promise<boolean> {
  const { sessionId, user } = useSession.getState()
  if (!sessionId) return false
  try {
    enter(await api.auth.refresh({ body: { sessionId } }, { context: { anonymous: true } }))
    return true
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'not_signed_in') throw error
    leave(user !== null)
    return false
  }
}
