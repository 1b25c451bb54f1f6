import { hashSecret } from '../auth/passwords.ts'
import { getRecord } from '../db/get.ts'
import { fromRows } from '../db/records.ts'
import { api } from '../http/api.ts'
import { addUser, setMyLanguage, updateUser } from './commands.ts'

const { users } = api

export const userRoutes = {
  list: users.list.handler(({ context }) => ({
    items: fromRows('users', context.read.all`select * from users order by displayName, id`),
  })),
  create: users.create.handler(async ({ input, context }) => {
    const { password, ...fields } = input.body
    const passwordHash = await hashSecret(password)
    return context.write((w) => addUser(w, { ...fields, passwordHash }))
  }),
  get: users.get.handler(({ input, context }) => getRecord(context.read, 'users', input.params.id)),
  update: users.update.handler(async ({ input, context }) => {
    const { password, ...fields } = input.body
    const passwordHash = password === undefined ? undefined : await hashSecret(password)
    return context.write((w) => {
      const { user, ended } = updateUser(w, input.params.id, { ...fields, passwordHash })
      w.afterCommit(() => context.hub.sessions.changed(ended))
      return user
    })
  }),
  setMyLanguage: users.setMyLanguage.handler(({ input, context }) =>
    context.write((w) => setMyLanguage(w, input.body.language)),
  ),
}
