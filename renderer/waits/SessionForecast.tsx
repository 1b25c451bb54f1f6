import { useTranslation } from 'react-i18next'
import { useRecord } from '../live/store.ts'
import { useFormat } from '../ui/format.ts'
import styles from './Waits.module.css'

/** Q11: how many are not seen by a doctor's scheduled end, and when the last of them goes out at this pace. */
export function SessionForecast({ doctorId }: { doctorId: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const forecast = useRecord('forecasts', doctorId)
  if (!forecast?.endsAt) return null
  const { endsAt, unseen } = forecast
  return (
    <>
      {unseen > 0 && (
        <span className={styles.forecast} data-unseen>
          {t('waits.unseen', { count: unseen })}
        </span>
      )}
      <span className={styles.forecast}>
        <span className={styles.pace}>{t('waits.pace')} </span>
        {t('waits.ends', { time: format.time(endsAt) })}
      </span>
    </>
  )
}
