import * as z from 'zod'
import { password } from '../../contract/auth.ts'
import { currency, language, line, timeZone } from '../../contract/values.ts'

/** What the first start asks; the hub checks the user name's letters. */
export const setupForm = z
  .object({
    name: line(120),
    timeZone,
    currency: currency.or(z.literal('').refine(() => false, 'must not be empty')),
    language,
    displayName: line(120),
    username: line(64),
    password,
    again: z.string(),
  })
  .refine((values) => values.password === values.again, { path: ['again'], error: 'must be the same as above' })

export type SetupValues = z.input<typeof setupForm>
