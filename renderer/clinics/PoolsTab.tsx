import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRecords } from '../live/store.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import styles from '../ui/Sheet.module.css'
import { Sheet } from '../ui/Sheet.tsx'
import { EmptyState } from '../ui/states.tsx'
import { useHere } from '../ui/use-here.ts'
import { openPool } from './pool-commands.tsx'

export function PoolsTab() {
  const { t } = useTranslation()
  const [inactive, setInactive] = useState(false)
  const pools = useHere('pools', inactive)
  const doctors = useRecords('doctors')
  return (
    <Sheet
      title={t('administration.tab.pools')}
      hint={t('pool.hint')}
      actions={
        <>
          <Checkbox
            label={t('common.showInactive')}
            checked={inactive}
            onChange={(event) => setInactive(event.currentTarget.checked)}
          />
          <ActionButton run={() => openPool()}>{t('pool.add')}</ActionButton>
        </>
      }
    >
      {pools.length === 0 ? (
        <EmptyState title={t('pool.empty')} hint={t('pool.emptyHint')} />
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('pool.name')}</th>
              <th scope="col">{t('common.ticketLetter')}</th>
              <th scope="col">{t('pool.doctors')}</th>
              <th scope="col" className={styles.fit}>
                {t('common.state')}
              </th>
            </tr>
          </thead>
          <tbody>
            {pools.map((pool) => (
              <tr key={pool.id} data-gone={pool.active ? undefined : true}>
                <th scope="row">
                  <button type="button" className={styles.open} onClick={() => void openPool(pool)}>
                    {pool.name}
                  </button>
                </th>
                <td>{pool.ticketLetter}</td>
                <td>{pool.doctorIds.map((id) => doctors[id]?.displayName ?? '').join(', ')}</td>
                <td className={styles.fit}>{t(pool.active ? 'common.active' : 'common.inactive')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Sheet>
  )
}
