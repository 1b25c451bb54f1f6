import { IconPlugConnectedX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useRecord } from '../live/store.ts'
import { useFormat } from './format.ts'
import styles from './StaffStatusWord.module.css'

type Props = {
  userId: string | null
  expectedAt?: string | null
  /** In a crowded line: who is available, as most are, is a dot; the word is for who listens. */
  brief?: boolean
}

/** S1: what a person says of themselves, when a late one is expected, and, another thing, that they are not connected. */
export function StaffStatusWord({ userId, expectedAt = null, brief = false }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const status = useRecord('staff', userId)?.status ?? 'off_duty'
  const online = useRecord('presence', userId)?.online ?? false
  const words = expectedAt ? t('staff.expected', { time: format.time(expectedAt) }) : t(`staff.${status}`)
  const hidden = brief && expectedAt === null && status === 'available'
  return (
    <span className={styles.status} data-status={status} title={hidden ? words : undefined}>
      <i aria-hidden="true" />
      <span className={hidden ? 'unseen' : undefined}>{words}</span>
      {status !== 'off_duty' && userId !== null && !online && (
        <span className={styles.away} title={t('staff.notConnected')}>
          <IconPlugConnectedX size={14} stroke={1.75} aria-hidden />
          <span className="unseen">{t('staff.notConnected')}</span>
        </span>
      )}
    </span>
  )
}
