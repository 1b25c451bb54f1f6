import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Alert } from '../../contract/alerts.ts'
import { useSession } from '../live/session.ts'
import { useRecord } from '../live/store.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { inARow } from '../ui/direction.ts'
import { useFormat } from '../ui/format.ts'
import styles from './Alerts.module.css'
import { isUnanswered, mayAnswer } from './alert-state.ts'
import { acknowledge, escalate, openResolve } from './commands.tsx'
import { outcomesFor } from './outcomes.ts'
import { Running } from './Running.tsx'
import { SeverityMark } from './SeverityMark.tsx'
import { usePatientOf } from './use-patient-of.ts'
import { useCall } from './use-place.ts'
import { reasonWords } from './words.ts'

/** One open alert: how grave, where, who and why (to those who may know), for how long, and what can be done. */
export const AlertRow = memo(function AlertRow({ alert }: { alert: Alert }) {
  const { t } = useTranslation()
  const format = useFormat()
  const user = useSession((session) => session.user)
  const call = useCall(alert)
  const why = reasonWords(useRecord('alertReasons', alert.id), format)
  const name = usePatientOf(alert)
  const answerer = useRecord('users', alert.acknowledgedById)?.displayName ?? ''
  const unanswered = isUnanswered(alert)
  return (
    <div className={styles.row} data-unanswered={unanswered || undefined}>
      <SeverityMark severity={alert.severity} />
      <span className={styles.words}>
        <span className="clip">
          <strong>{call}</strong> <bdi>{name}</bdi>
        </span>
        <span className="soft clip">
          {inARow([
            alert.acknowledgedAt
              ? t('alert.answeredBy', { name: answerer, time: format.time(alert.acknowledgedAt) })
              : t(`alert.asks.${alert.asked}`),
            why,
          ])}
        </span>
      </span>
      <Running since={alert.raisedAt} className={styles.clock} />
      <span className={styles.acts}>
        {unanswered && mayAnswer(alert, user) && (
          <ActionButton run={() => acknowledge(alert.id)} shortcut="A" next={alert.severity === 'critical'}>
            {t('alert.coming')}
          </ActionButton>
        )}
        {alert.asked !== 'everybody' && (
          <ActionButton run={() => escalate(alert)} shortcut="E">
            {t('alert.escalate')}
          </ActionButton>
        )}
        {outcomesFor(alert, user?.id).length > 0 && (
          <ActionButton run={() => openResolve(alert)} shortcut="O">
            {t('alert.outcome')}
          </ActionButton>
        )}
      </span>
    </div>
  )
})
