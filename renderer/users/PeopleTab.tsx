import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../live/api.ts'
import { adopt, useRecords } from '../live/store.ts'
import { useRead } from '../live/use-read.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import styles from '../ui/Sheet.module.css'
import { Sheet } from '../ui/Sheet.tsx'
import { FailedState, SkeletonRows } from '../ui/states.tsx'
import { openPerson } from './commands.tsx'

/** Everybody who may sign in, of all clinics. */
export function PeopleTab() {
  const { t } = useTranslation()
  const [inactive, setInactive] = useState(false)
  const { data, failed, again } = useRead(readUsers)
  const users = useRecords('users')
  const shown = Object.values(users)
    .filter((user) => inactive || user.active)
    .sort((a, b) => Number(b.active) - Number(a.active) || a.displayName.localeCompare(b.displayName))
  return (
    <Sheet
      title={t('administration.tab.people')}
      hint={t('user.hint')}
      actions={
        <>
          <Checkbox
            label={t('user.showDisabled')}
            checked={inactive}
            onChange={(event) => setInactive(event.currentTarget.checked)}
          />
          <ActionButton next={shown.length === 1} run={() => openPerson()}>
            {t('user.add')}
          </ActionButton>
        </>
      }
    >
      {failed && <FailedState text={failed} onRetry={again} />}
      {!data && !failed ? (
        <SkeletonRows />
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('user.displayName')}</th>
              <th scope="col">{t('user.username')}</th>
              <th scope="col">{t('user.roles')}</th>
              <th scope="col" className={styles.fit}>
                {t('common.state')}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((user) => (
              <tr key={user.id} data-gone={user.active ? undefined : true}>
                <th scope="row">
                  <button type="button" className={styles.open} onClick={() => void openPerson(user)}>
                    {user.displayName}
                  </button>
                </th>
                <td>{user.username}</td>
                <td>{user.roles.map((each) => t(`role.${each}`)).join(', ')}</td>
                <td className={styles.fit}>{t(user.active ? 'user.maySignIn' : 'user.disabled')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Sheet>
  )
}

const readUsers = (signal: AbortSignal) =>
  api.users.list({}, { signal }).then(({ items }) => {
    adopt({ users: items })
    return true
  })
