import * as z from 'zod'
import { password } from './auth.ts'
import { route } from './route.ts'
import { username } from './users.ts'
import { currency, id, language, line, timeZone } from './values.ts'

export const setup = {
  state: route({
    method: 'GET',
    path: '/setup',
    summary: 'Whether this hub still needs its first clinic (loopback only)',
    permission: 'public',
    audit: null,
    input: {},
    output: z.strictObject({ needed: z.boolean() }),
  }),
  begin: route({
    method: 'POST',
    path: '/setup',
    summary: 'The first clinic and its administrator; only while there is no user (loopback only)',
    permission: 'public',
    audit: 'setup.begin',
    input: {
      body: {
        clinic: z.strictObject({ id, name: line(120), timeZone, currency, language }),
        administrator: z.strictObject({
          id,
          username,
          displayName: line(120),
          password,
        }),
      },
    },
    output: z.strictObject({ clinicId: id, userId: id }),
    errors: ['already_set_up'],
  }),
}
