import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { User } from '../../contract/users.ts'
import { lacksEntry } from '../doctors/own-entry.ts'
import { api } from '../live/api.ts'
import { useClinicId } from '../live/clinic.ts'
import { adopt, useRecords } from '../live/store.ts'
import { useRead } from '../live/use-read.ts'
import { listed } from '../ui/direction.ts'
import { RecordsSheet } from '../ui/RecordsSheet.tsx'
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
  const clinicId = useClinicId()
  const doctors = useRecords('doctors')
  const stateOf = (user: User) => {
    if (!user.active) return t('user.disabled')
    return t(lacksEntry(user, clinicId, doctors) ? 'user.noEntry' : 'user.maySignIn')
  }
  const rolesOf = ({ roles }: User) => listed(roles.map((each) => t(`role.${each}`)))
  const waiting = data ? undefined : <SkeletonRows />
  return (
    <RecordsSheet
      title={t('administration.tab.people')}
      hint={t('user.hint')}
      inactive={{ label: t('user.showDisabled'), shown: inactive, show: setInactive }}
      add={{ label: t('user.add'), run: () => openPerson(), next: shown.length === 1 }}
      records={shown}
      name={{ label: t('user.displayName'), of: (user) => user.displayName }}
      open={openPerson}
      columns={[
        { label: t('user.username'), of: (user) => user.username, sortBy: (user) => user.username },
        { label: t('user.roles'), of: rolesOf, sortBy: rolesOf },
      ]}
      state={stateOf}
      instead={failed ? <FailedState text={failed} onRetry={again} /> : waiting}
    />
  )
}

const readUsers = (signal: AbortSignal) =>
  api.users.list({}, { signal }).then(({ items }) => {
    adopt({ users: items })
    return true
  })
