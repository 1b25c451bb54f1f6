import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRecords } from '../live/store.ts'
import { listed } from '../ui/direction.ts'
import { RecordsSheet } from '../ui/RecordsSheet.tsx'
import { useHere } from '../ui/use-here.ts'
import { openPool } from './pool-commands.tsx'

export function PoolsTab() {
  const { t } = useTranslation()
  const [inactive, setInactive] = useState(false)
  const pools = useHere('pools', inactive)
  const doctors = useRecords('doctors')
  return (
    <RecordsSheet
      title={t('administration.tab.pools')}
      hint={t('pool.hint')}
      inactive={{ shown: inactive, show: setInactive }}
      add={{ label: t('pool.add'), run: () => openPool() }}
      records={pools}
      name={{ label: t('pool.name'), of: (pool) => pool.name }}
      open={openPool}
      columns={[
        { label: t('common.ticketLetter'), of: (pool) => pool.ticketLetter, sortBy: (pool) => pool.ticketLetter },
        {
          label: t('pool.doctors'),
          of: (pool) => listed(pool.doctorIds.map((id) => doctors[id]?.displayName)),
        },
      ]}
      empty={{ title: t('pool.empty'), hint: t('pool.emptyHint') }}
    />
  )
}
