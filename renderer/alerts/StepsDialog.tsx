import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Alert, AlertStep } from '../../contract/alerts.ts'
import { api } from '../live/api.ts'
import { useRecord } from '../live/store.ts'
import { useRead } from '../live/use-read.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { useFormat } from '../ui/format.ts'
import { FailedState, SkeletonRows } from '../ui/states.tsx'
import styles from './Alerts.module.css'
import { clockText } from './clock-text.ts'
import { titleOf } from './words.ts'

/** L3: the times of an alert: who did what, and how long after it was raised. */
export function StepsDialog({ alert, onClose }: { alert: Alert; onClose: () => void }) {
  const { t } = useTranslation()
  const { id } = alert
  const read = useCallback((signal: AbortSignal) => api.alerts.steps({ params: { id } }, { signal }), [id])
  const { data, failed, again } = useRead(read, alert.version)
  return (
    <Dialog title={t('alert.stepsOf', { what: titleOf(alert) })} size="small" onClose={onClose}>
      {failed ? (
        <FailedState text={failed} onRetry={again} />
      ) : !data ? (
        <SkeletonRows rows={4} />
      ) : (
        <ol className={styles.steps}>
          {data.items.map((step) => (
            <StepLine key={step.id} step={step} since={alert.raisedAt} />
          ))}
        </ol>
      )}
    </Dialog>
  )
}

function StepLine({ step, since }: { step: AlertStep; since: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const name = useRecord('users', step.actorId)?.displayName ?? t('alert.theHub')
  const after = Math.round((Date.parse(step.at) - Date.parse(since)) / 1000)
  return (
    <li>
      <span className={styles.stepTime}>{format.time(step.at)}</span>
      <span>
        {t(`alert.step.${step.step}`, { name })}
        {(step.step === 'escalated' || step.step === 'raised') && `: ${t(`alert.asks.${step.asked}`)}`}
      </span>
      <span className="soft">+{clockText(after)}</span>
    </li>
  )
}
