import type { SignedIn } from '../../contract/auth.ts'
import { Refusal } from '../../contract/errors.ts'
import { api } from '../http/api.ts'
import type { Context } from '../http/context.ts'
import { beginSession, endSessions, holdsSession, openSessionsOf, rotate } from './commands.ts'
import { cookieOf, setRefreshCookie } from './cookies.ts'
import { hashSecret, secretFits } from './passwords.ts'
import { findCredentials, getMe, listSessions, userOfSession } from './queries.ts'
import { expiryOf } from './tokens.ts'

const { auth } = api

export const authRoutes = {
  login: auth.login.handler(async ({ input, context }) => {
    const { username, password } = input.body
    const userId = await checkSecret(context, 'auth.login', username, password, ({ passwordHash }) => [passwordHash])
    return startSession(context, userId, 'auth.login')
  }),

  refresh: auth.refresh.handler(async ({ input, context }) => {
    const { sessionId } = input.body
    const token = cookieOf(context, sessionId)
    const userId = userOfSession(context.read, sessionId, context.device)
    if (!token || !userId || !holdsSession(context.read, sessionId, token)) throw strange(context, 'auth.refresh')
    return rotateOwn(context, 'auth.refresh', userId, sessionId, token)
  }),

  logout: auth.logout.handler(async ({ context }) => {
    const { person, hub } = context
    await context.write((w) => {
      endSessions(w, [person.sessionId], 'logout')
      w.afterCommit(() => hub.sessions.changed([person.sessionId]))
    })
    setRefreshCookie(context, person.sessionId, null)
    return {}
  }),

  unlock: auth.unlock.handler(async ({ input, context }) => {
    const { sessionId, username, secret } = input.body
    const token = cookieOf(context, sessionId)
    const present = userOfSession(context.read, sessionId, context.device)
    if (!token || !present || !holdsSession(context.read, sessionId, token)) throw strange(context, 'auth.unlock')
    const name = username ?? getMe(context.read, present).username
    const userId = await checkSecret(context, 'auth.unlock', name, secret, ({ passwordHash, pinHash }) => [
      passwordHash,
      pinHash,
    ])
    if (userId === present) return rotateOwn(context, 'auth.unlock', userId, sessionId, token)
    const { hub, device } = context
    await hub.door.write({ userId: present, sessionId, device }, 'auth.handOver', (w) => {
      endSessions(w, [sessionId], 'handed_over')
      w.afterCommit(() => hub.sessions.changed([sessionId]))
    })
    setRefreshCookie(context, sessionId, null)
    return startSession(context, userId, 'auth.unlock')
  }),

  me: auth.me.handler(({ context }) => getMe(context.read, context.person.userId)),

  changePassword: auth.changePassword.handler(async ({ input, context }) => {
    const { current, password, pin } = input.body
    const { person, hub } = context
    const { username } = getMe(context.read, person.userId)
    await checkSecret(context, 'auth.changePassword', username, current, ({ passwordHash }) => [passwordHash])
    const passwordHash = password === undefined ? undefined : await hashSecret(password)
    const pinHash = typeof pin === 'string' ? await hashSecret(pin) : pin
    await context.write((w) => {
      if (passwordHash) w.sql.run`update credentials set passwordHash = ${passwordHash} where userId = ${person.userId}`
      if (pinHash !== undefined) w.sql.run`update credentials set pinHash = ${pinHash} where userId = ${person.userId}`
      const others = openSessionsOf(w.sql, person.userId).filter((id) => id !== person.sessionId)
      if (passwordHash) endSessions(w, others, 'password_changed')
      w.audit({ noun: 'users', recordId: person.userId })
      w.afterCommit(() => hub.sessions.changed(passwordHash ? others : []))
    })
    return {}
  }),

  sessions: auth.sessions.handler(({ context: { read, person } }) => ({
    items: listSessions(read, person.userId, person.sessionId),
  })),

  endSession: auth.endSession.handler(async ({ input, context }) => {
    const { person, hub } = context
    const { id } = input.params
    await context.write((w) => {
      if (!openSessionsOf(w.sql, person.userId).includes(id)) throw new Refusal('not_found', { noun: 'sessions' })
      endSessions(w, [id], 'ended_by_owner')
      w.audit({ noun: 'sessions', recordId: id })
      w.afterCommit(() => hub.sessions.changed([id]))
    })
    return {}
  }),
}

/** A stranger is counted, and does not come as far as the door. */
function strange({ hub }: Context, action: string): Refusal {
  hub.strangerRefused(action)
  return new Refusal('not_signed_in')
}

type Known = NonNullable<ReturnType<typeof findCredentials>>

/** @throws Refusal `wrong_credentials`, or `too_many` while the account or the station has to wait */
async function checkSecret(
  { hub, device, read }: Context,
  action: string,
  username: string,
  secret: string,
  hashes: (known: Known) => (string | null)[],
): Promise<string> {
  const keys = [`account ${username}`, `station ${device}`] as const
  hub.throttle.check(...keys)
  const known = findCredentials(read, username)
  const usable = known?.active === 1 ? known : undefined
  hub.throttle.tried(...keys)
  const fits = await secretFits(secret, usable ? hashes(usable) : [])
  if (!fits || !usable) {
    hub.strangerRefused(action)
    throw new Refusal('wrong_credentials')
  }
  hub.throttle.succeeded(...keys)
  return usable.userId
}

async function startSession(context: Context, userId: string, action: string): Promise<SignedIn> {
  const { hub, device } = context
  const begun = await hub.door.write({ userId, sessionId: null, device }, action, (w) => beginSession(w, userId))
  return answerSession(context, userId, begun.sessionId, begun.refreshToken)
}

/** The next token of a session; one that was copied ends it. */
async function rotateOwn(
  context: Context,
  action: string,
  userId: string,
  sessionId: string,
  token: string,
): Promise<SignedIn> {
  const { hub, device } = context
  const outcome = await hub.door.write({ userId, sessionId, device }, action, (w) => {
    const rotated = rotate(w, sessionId, token)
    if ('reused' in rotated) {
      endSessions(w, [sessionId], 'reused_token')
      w.audit({ noun: 'sessions', recordId: sessionId, outcome: 'reused_token' })
      w.afterCommit(() => hub.sessions.changed([sessionId]))
    }
    return rotated
  })
  if ('reused' in outcome) throw new Refusal('not_signed_in')
  return answerSession(context, userId, sessionId, outcome.refreshToken)
}

function answerSession(context: Context, userId: string, sessionId: string, refreshToken: string): SignedIn {
  const { hub, read } = context
  setRefreshCookie(context, sessionId, refreshToken)
  const accessToken = hub.keys.sign({ sub: userId, sid: sessionId })
  const unsavedKey = hub.keys.unsavedKeyOf(userId)
  const user = getMe(read, userId)
  return { accessToken, expiresAt: expiryOf(accessToken), sessionId, hubId: hub.hubId, unsavedKey, user }
}
