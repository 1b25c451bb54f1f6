import * as z from 'zod'
import { role } from './permissions.ts'
import { route } from './route.ts'
import { id, instant, language } from './values.ts'

/** The person who is signed in, as their own page needs them. */
export const me = z.strictObject({
  id,
  username: z.string(),
  displayName: z.string(),
  roles: z.array(role),
  clinicIds: z.array(id),
  doctorId: id.nullable(),
  language,
  hasPin: z.boolean(),
})
export type Me = z.infer<typeof me>

/** What signing in, refreshing and unlocking answer: the refresh token itself travels in a cookie only. */
export const signedIn = z.strictObject({
  accessToken: z.string(),
  expiresAt: instant,
  sessionId: id,
  /** Names the cookie `rt_<hub>_<session>`. */
  hubId: z.string(),
  /**
   * U8: seals what this person types and the hub does not have yet, on the computer where it is typed; base64, the same at
   * each sign-in. For the page's memory alone.
   */
  unsavedKey: z.base64(),
  user: me,
})
export type SignedIn = z.infer<typeof signedIn>

export const session = z.strictObject({
  id,
  startedAt: instant,
  lastSeenAt: instant,
  where: z.string(),
  current: z.boolean(),
})
export type Session = z.infer<typeof session>

const username = z.string().trim().toLowerCase().min(1, 'must not be empty').max(64)
/** At least eight characters; nothing else is asked (NIST SP 800-63B, 5.1.1). */
export const password = z.string().min(8, 'must have at least 8 characters').max(200)
export const pin = z.string().regex(/^\d{4,8}$/, 'must be 4 to 8 digits')
const secret = z.string().min(1, 'must not be empty').max(200)

export const auth = {
  login: route({
    method: 'POST',
    path: '/auth/login',
    summary: 'Sign in',
    permission: 'public',
    audit: 'auth.login',
    input: { body: { username, password: secret } },
    output: signedIn,
    errors: ['wrong_credentials', 'too_many'],
  }),
  refresh: route({
    method: 'POST',
    path: '/auth/refresh',
    summary: 'Get a new access token for the session whose refresh cookie is sent',
    permission: 'public',
    audit: 'auth.refresh',
    input: { body: { sessionId: id } },
    output: signedIn,
    errors: ['not_signed_in'],
  }),
  logout: route({
    method: 'POST',
    path: '/auth/logout',
    summary: 'End this session',
    permission: 'signedIn',
    audit: 'auth.logout',
    input: {},
    output: z.strictObject({}),
  }),
  unlock: route({
    method: 'POST',
    path: '/auth/unlock',
    summary: 'Continue on a locked screen, as the same person or, with their name, as another',
    permission: 'public',
    audit: 'auth.unlock',
    input: { body: { sessionId: id, username: username.optional(), secret } },
    output: signedIn,
    errors: ['wrong_credentials', 'not_signed_in', 'too_many'],
  }),
  me: route({
    method: 'GET',
    path: '/auth/me',
    summary: 'Who is signed in',
    permission: 'signedIn',
    audit: null,
    input: {},
    output: me,
  }),
  changePassword: route({
    method: 'POST',
    path: '/auth/password',
    summary: 'Change the own password or PIN; other sessions of this person end',
    permission: 'signedIn',
    audit: 'auth.changePassword',
    input: { body: { current: secret, password: password.optional(), pin: pin.nullable().optional() } },
    output: z.strictObject({}),
    errors: ['wrong_credentials', 'too_many'],
  }),
  sessions: route({
    method: 'GET',
    path: '/auth/sessions',
    summary: 'Where this person is signed in',
    permission: 'signedIn',
    audit: null,
    input: {},
    output: z.strictObject({ items: z.array(session) }),
  }),
  endSession: route({
    method: 'DELETE',
    path: '/auth/sessions/{id}',
    summary: 'End one session of this person',
    permission: 'signedIn',
    audit: 'auth.endSession',
    input: { params: { id } },
    output: z.strictObject({}),
    errors: ['not_found'],
  }),
}
