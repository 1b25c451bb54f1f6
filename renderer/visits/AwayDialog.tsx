import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { zonedInstant } from '../../rules/clinic-day.ts'
import { useClinic } from '../live/clinic.ts'
import { hubNow } from '../live/clock.ts'
import { useRecord } from '../live/store.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { useFormat } from '../ui/format.ts'
import { useVisitName } from '../ui/patient-name.ts'
import styles from './VisitDialogs.module.css'

type Props = { visitId: string; onAnswer: (until?: string) => void }

const MINUTE = 60_000
const USUAL_MINUTES = [15, 30, 60, 120] as const
const TIME = /^([01]?\d|2[0-3]):?([0-5]\d)$/

/** Q12: back at a time; keeps the clock, is not called before. */
export function AwayDialog({ visitId, onAnswer }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const clinic = useClinic()
  const visit = useRecord('visits', visitId)
  const name = useVisitName(visit)
  const inMinutes = (minutes: number) => format.time(hubNow() + minutes * MINUTE)
  const [time, setTime] = useState(() => inMinutes(30))
  const [, hour, minute] = TIME.exec(time.trim()) ?? []
  const answer = () => {
    if (!clinic || !hour || !minute) return
    const today = format.dayOfInstant(hubNow())
    const until = zonedInstant(today, `${hour.padStart(2, '0')}:${minute}`, clinic.timeZone)
    // A time that has passed is tomorrow's: a clinic that works past midnight.
    onAnswer(Date.parse(until) > hubNow() ? until : new Date(Date.parse(until) + 24 * 60 * MINUTE).toISOString())
  }
  return (
    <Dialog
      title={t('visit.away.title', { ticket: visit?.ticket })}
      onClose={() => onAnswer()}
      onSubmit={answer}
      footer={
        <>
          <Button onClick={() => onAnswer()}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" disabled={!hour}>
            {t('visit.away.verb')}
          </Button>
        </>
      }
    >
      <p>{t('visit.away.text', { name })}</p>
      <div className={styles.row}>
        {USUAL_MINUTES.map((minutes) => (
          <Button
            key={minutes}
            size="compact-xs"
            aria-pressed={time === inMinutes(minutes)}
            onClick={() => setTime(inMinutes(minutes))}
          >
            {t('visit.away.inMinutes', { count: minutes })}
          </Button>
        ))}
      </div>
      <TextInput
        label={t('visit.away.until')}
        value={time}
        onChange={(event) => setTime(event.currentTarget.value)}
        error={hour ? undefined : t('common.timeHint')}
        data-autofocus
      />
    </Dialog>
  )
}
