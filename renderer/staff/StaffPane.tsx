import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useClinicId } from '../live/clinic.ts'
import { useLive, useRecords } from '../live/store.ts'
import { Pane } from '../ui/Pane.tsx'
import { SkeletonRows } from '../ui/states.tsx'
import { useQueueBoard } from '../visits/queue-board.ts'
import styles from './Staff.module.css'
import { StaffRow } from './StaffRow.tsx'
import { staffOf } from './staff-list.ts'

/** S1: who is in, where, and how loaded. */
export function StaffPane() {
  const { t } = useTranslation()
  const { there, away } = useStaff()
  const loading = useLive((state) => state.feed === null)
  return (
    <Pane title={t('staffList.title')} aside={loading ? undefined : t('staffList.in', { count: there.length })}>
      {loading ? <SkeletonRows /> : <StaffList there={there} away={away} />}
    </Pane>
  )
}

export function useStaff() {
  const clinicId = useClinicId()
  const users = useRecords('users')
  const doctors = useRecords('doctors')
  const staff = useRecords('staff')
  const presence = useRecords('presence')
  const lines = useQueueBoard((board) => board.lines)
  return useMemo(
    () => staffOf({ users, doctors, staff, presence }, lines, clinicId),
    [users, doctors, staff, presence, lines, clinicId],
  )
}

export function StaffList({ there, away }: ReturnType<typeof useStaff>) {
  const { t } = useTranslation()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a list of people, not fields of a form
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <div className={styles.scroll} tabIndex={0} role="group" aria-label={t('staffList.title')}>
      <ul>
        {there.map((line) => (
          <StaffRow key={line.key} line={line} />
        ))}
      </ul>
      {away.length > 0 && (
        <>
          <h3 className={styles.heading}>{t('staffList.away', { count: away.length })}</h3>
          <ul>
            {away.map((line) => (
              <StaffRow key={line.key} line={line} />
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
