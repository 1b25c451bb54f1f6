import { useTranslation } from 'react-i18next'
import { useRecord } from '../live/store.ts'
import { useFormat } from './format.ts'
import styles from './StaffStatusWord.module.css'

type Props = { userId: string | null; expectedAt?: string | null }

/** S1: what a person says of themselves, and when a late one is expected. */
export function StaffStatusWord({ userId, expectedAt = null }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const status = useRecord('staff', userId)?.status ?? 'off_duty'
  return (
    <span className={styles.status} data-status={status}>
      <i aria-hidden="true" />
      {expectedAt ? t('staff.expected', { time: format.time(expectedAt) }) : t(`staff.${status}`)}
    </span>
  )
}
