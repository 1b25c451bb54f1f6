import { useTranslation } from 'react-i18next'
import { useRecord } from '../live/store.ts'
import { useFormat } from '../ui/format.ts'
import styles from './Waits.module.css'

/** Q11: when a doctor's last patient goes out at this pace, and how many are not seen by the scheduled end. */
export function SessionForecast({ doctorId }: { doctorId: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const forecast = useRecord('forecasts', doctorId)
  if (!forecast?.endsAt) return null
  const { endsAt, unseen } = forecast
  return (
    <span className={styles.forecast} data-unseen={unseen > 0 || undefined}>
      <span className={styles.pace}>{t('waits.pace')} </span>
      {t('waits.ends', { time: format.time(endsAt) })}
      {unseen > 0 && <span className={styles.left}> · {t('waits.unseen', { count: unseen })}</span>}
    </span>
  )
}
