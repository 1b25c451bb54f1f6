import { api } from '../live/api.ts'
import { type Command, perform } from '../live/perform.ts'
import { useSession } from '../live/session.ts'
import { adopt } from '../live/store.ts'
import { openDialog } from '../ui/dialogs.tsx'
import { type Language, t } from '../ui/i18n.ts'
import { toast } from '../ui/toasts.ts'

export const ACCOUNT_TABS = ['password', 'pin', 'language', 'sessions', 'notifications'] as const
export type AccountTab = (typeof ACCOUNT_TABS)[number]

export const ACCOUNT_KEY = 'auth.changePassword'

export async function openAccount(tab?: AccountTab) {
  const { AccountDialog } = await import('./AccountDialog.tsx')
  openDialog((close) => <AccountDialog tab={tab} onClose={close} />)
}

type Secrets = { current: string; password?: string; pin?: string | null }

/** A new password ends the other sessions of this person; a PIN unlocks the screen. */
export async function changeSecrets(secrets: Secrets, on: Command<unknown>['on']): Promise<boolean> {
  const done = await perform({
    key: ACCOUNT_KEY,
    on,
    run: (intent) => api.auth.changePassword({ body: secrets }, { context: { intent } }),
  })
  if (!done) return false
  if (secrets.pin !== undefined)
    useSession.setState(({ user }) => ({ user: user && { ...user, hasPin: secrets.pin !== null } }))
  toast({ tone: 'plain', text: t(secrets.password ? 'account.passwordChanged' : 'account.pinChanged') })
  return true
}

/** U7: the pages of this person, here and wherever else they are open. */
export async function chooseLanguage(language: Language) {
  const user = await perform({
    key: 'users.setMyLanguage',
    run: (intent) => api.users.setMyLanguage({ body: { language } }, { context: { intent } }),
  })
  if (user) adopt({ users: [user] })
}

export async function endSession(sessionId: string): Promise<boolean> {
  const done = await perform({
    key: `auth.endSession.${sessionId}`,
    run: (intent) => api.auth.endSession({ params: { id: sessionId } }, { context: { intent } }),
  })
  if (done) toast({ tone: 'plain', text: t('account.sessionEnded') })
  return done !== undefined
}
