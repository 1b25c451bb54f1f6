import { Refusal } from '../../contract/errors.ts'
import { stranger } from '../auth/commands.ts'
import { hashSecret } from '../auth/passwords.ts'
import { api } from '../http/api.ts'
import { begin, isSetUp } from './commands.ts'

const { setup } = api

export const setupRoutes = {
  state: setup.state.handler(({ context }) => ({ needed: !isSetUp(context.read) })),
  begin: setup.begin.handler(async ({ input, context }) => {
    const { clinic, administrator } = input.body
    if (isSetUp(context.read)) throw new Refusal('already_set_up')
    const { password, ...person } = administrator
    const passwordHash = await hashSecret(password)
    return context.hub.door.write(stranger, 'setup.begin', (w) =>
      begin(w, { clinic, administrator: { ...person, passwordHash } }),
    )
  }),
}
