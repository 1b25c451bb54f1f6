import { IconPlugConnectedX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useRecord } from '../live/store.ts'
import { useFormat } from './format.ts'
import styles from './StaffStatusWord.module.css'

type Props = { userId: string | null; expectedAt?: string | null }

/** S1: what a person says of themselves, when a late one is expected, and, another thing, that they are not connected. */
export function StaffStatusWord({ userId, expectedAt = null }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const status = useRecord('staff', userId)?.status ?? 'off_duty'
  const online = useRecord('presence', userId)?.online ?? false
  return (
    <span className={styles.status} data-status={status}>
      <i aria-hidden="true" />
      {expectedAt ? t('staff.expected', { time: format.time(expectedAt) }) : t(`staff.${status}`)}
      {status !== 'off_duty' && userId !== null && !online && (
        <span className={styles.away} title={t('staff.notConnected')}>
          <IconPlugConnectedX size={14} stroke={1.75} aria-hidden />
          <span className="unseen">{t('staff.notConnected')}</span>
        </span>
      )}
    </span>
  )
}
