import { api } from '../http/api.ts'
import { markAllRead, markRead, setPreferences } from './commands.ts'
import { listNotifications, preferencesOf } from './queries.ts'

const { notifications } = api

export const notificationRoutes = {
  list: notifications.list.handler(({ input, context: { read, person } }) =>
    listNotifications(read, person, input.query),
  ),
  read: notifications.read.handler(({ input, context }) => context.write((w) => markRead(w, input.params.id))),
  readAll: notifications.readAll.handler(async ({ input, context }) => ({
    items: await context.write((w) => markAllRead(w, input.body.upTo)),
  })),
  preferences: notifications.preferences.handler(({ context: { read, person } }) => preferencesOf(read, person.userId)),
  setPreferences: notifications.setPreferences.handler(({ input, context }) =>
    context.write((w) => setPreferences(w, input.body)),
  ),
}
