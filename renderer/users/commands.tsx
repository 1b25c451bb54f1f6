import type { User } from '../../contract/users.ts'
import { api, newId } from '../live/api.ts'
import type { Command } from '../live/perform.ts'
import { save } from '../live/save.ts'
import { openDialog } from '../ui/dialogs.tsx'
import { t } from '../ui/i18n.ts'

export const USER_KEY = 'user.save'

export type UserFields = Pick<User, 'displayName' | 'roles' | 'clinicIds' | 'language' | 'active'>
export type NewUser = UserFields & { username: string; password: string }

const fieldsOf = ({ displayName, roles, clinicIds, language, active }: User): UserFields => ({
  displayName,
  roles,
  clinicIds,
  language,
  active,
})

export async function openPerson(user?: User) {
  const { PersonDialog } = await import('./PersonDialog.tsx')
  openDialog((close) => <PersonDialog user={user} onClose={close} />)
}

export function addUser(fields: NewUser, on: Command<User>['on'] = {}) {
  return save<User>({
    noun: 'users',
    key: USER_KEY,
    wanted: USER_KEY,
    on,
    run: (intent) => api.users.create({ body: { id: intent, ...fields } }, { context: { intent } }),
    done: (user) => t('form.saved', { name: user.displayName }),
  })
}

/** With a new password all of this person's sessions end, so there is nothing to take back then. */
export function changeUser(before: User, fields: UserFields & { password?: string }, on: Command<User>['on'] = {}) {
  return save<User>({
    noun: 'users',
    key: USER_KEY,
    on,
    run: (intent) => put(before, fields, intent),
    done: (user) => t(fields.password ? 'user.passwordSet' : 'form.saved', { name: user.displayName }),
    ...(fields.password ? {} : { undo: (after) => put(after, fieldsOf(before), newId()) }),
  })
}

const put = ({ id, version }: User, fields: UserFields & { password?: string }, intent: string) =>
  api.users.update({ params: { id }, body: { version, ...fields } }, { context: { intent } })
