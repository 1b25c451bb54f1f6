import * as z from 'zod'
import { password } from './auth.ts'
import { role } from './permissions.ts'
import { transfer } from './rebookings.ts'
import { route, whole } from './route.ts'
import { id, instant, language, line, version } from './values.ts'

/** Somebody who may sign in. */
export const user = z.strictObject({
  id,
  username: z.string(),
  displayName: z.string(),
  roles: z.array(role),
  clinicIds: z.array(id),
  language,
  active: z.boolean(),
  version,
})
export type User = z.infer<typeof user>

/** S1: what a person says of themselves; being connected is another thing. */
export const staffStatus = z.strictObject({
  /** The user's id: each has one. */
  id,
  status: z.enum(['available', 'busy', 'on_break', 'off_duty']),
  since: instant,
  version,
})
export type StaffStatus = z.infer<typeof staffStatus>

/** Whether a window of this person is connected right now. */
export const presence = z.strictObject({ id, online: z.boolean(), since: instant, version })
export type Presence = z.infer<typeof presence>

/** S1: what becomes of those who wait for a doctor who leaves. */
export const waitingAnswer = z.discriminatedUnion('becomes', [
  /** They wait: everybody sees when the doctor is back (Q12). */
  z.strictObject({ becomes: z.literal('wait'), backAt: instant }),
  /** To other doctors or pools, all or none, with their waiting time (Q9). */
  z.strictObject({ becomes: z.literal('move'), transfers: z.array(transfer).min(1).max(200) }),
  /** Reception is told, and sees to them. */
  z.strictObject({ becomes: z.literal('reception') }),
])
export type WaitingAnswer = z.infer<typeof waitingAnswer>

const fields = {
  displayName: line(120),
  roles: z.array(role).min(1, 'must have at least one role').max(5),
  clinicIds: z.array(id).min(1, 'must have at least one clinic').max(50),
  language: language.default('en'),
  active: z.boolean().default(true),
}

export const username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[\p{L}\p{N}._-]{1,64}$/u, 'must be letters, digits, dots, dashes')

export const users = {
  list: route({
    method: 'GET',
    path: '/users',
    summary: 'Everybody who may sign in',
    permission: 'staff.read',
    audit: null,
    input: {},
    output: z.strictObject({ items: z.array(user) }),
  }),
  create: route({
    method: 'POST',
    path: '/users',
    summary: 'Add a person',
    permission: 'user.manage',
    audit: 'user.create',
    input: { body: { id, username, password, ...fields } },
    output: user,
    errors: ['already_exists', 'not_found'],
  }),
  get: route({
    method: 'GET',
    path: '/users/{id}',
    summary: 'One person',
    permission: 'staff.read',
    audit: null,
    input: { params: { id } },
    output: user,
    errors: ['not_found'],
  }),
  update: route({
    method: 'PUT',
    path: '/users/{id}',
    summary: 'Change a person, disable them, or set a new password',
    permission: 'user.manage',
    audit: 'user.update',
    input: { params: { id }, body: { version, ...whole(fields), password: password.optional() } },
    output: user,
    errors: ['not_found', 'stale_version', 'in_use'],
  }),
  setMyLanguage: route({
    method: 'PUT',
    path: '/users/me/language',
    summary: 'Choose the language of the own pages',
    permission: 'signedIn',
    audit: 'user.setLanguage',
    input: { body: { language } },
    output: user,
  }),
}

export const staff = {
  list: route({
    method: 'GET',
    path: '/staff',
    summary: 'Who works here, their status, and who is connected',
    permission: 'staff.read',
    audit: null,
    input: { query: { clinicId: id } },
    output: z.strictObject({ users: z.array(user), staff: z.array(staffStatus), presence: z.array(presence) }),
  }),
  setMyStatus: route({
    method: 'PUT',
    path: '/staff/me/status',
    summary: 'Say that one is available, busy, on a break or off duty',
    permission: 'staff.setOwnStatus',
    audit: 'staff.setStatus',
    input: {
      body: {
        status: staffStatus.shape.status,
        /** Asked of a doctor who goes off duty with patients waiting. */
        waiting: waitingAnswer.optional(),
      },
    },
    output: staffStatus,
    errors: ['patients_waiting', 'not_rebooked', 'not_found'],
  }),
}
