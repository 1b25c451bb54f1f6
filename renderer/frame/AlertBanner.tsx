import { IconUrgent } from '@tabler/icons-react'
import { memo, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Alert } from '../../contract/alerts.ts'
import { callsForMe, mayAnswer } from '../alerts/alert-state.ts'
import { acknowledge } from '../alerts/commands.tsx'
import { Running } from '../alerts/Running.tsx'
import { useCall } from '../alerts/use-place.ts'
import { useSession } from '../live/session.ts'
import { useRecords } from '../live/store.ts'
import styles from './AlertBanner.module.css'

/** More would push the page off the screen; the others are on the page of the alerts. */
const MOST = 3

/** L3: on every page, also a locked one; a ticket and a place, never a name or why. `locked`: nothing can be pressed. */
export function AlertBanner({ locked = false }: { locked?: boolean }) {
  const { t } = useTranslation()
  const user = useSession((session) => session.user)
  const alerts = useRecords('alerts')
  const open = useMemo(() => callsForMe(alerts, user), [alerts, user])
  if (open.length === 0) return null
  const first = open.find((alert) => mayAnswer(alert, user))
  return (
    <div className={styles.banner} role="alert">
      {open.slice(0, MOST).map((alert) => (
        <AlertLine
          key={alert.id}
          alert={alert}
          first={alert.id === first?.id}
          locked={locked || !mayAnswer(alert, user)}
        />
      ))}
      {open.length > MOST && <p className={styles.line}>{t('alert.moreCalls', { count: open.length - MOST })}</p>}
    </div>
  )
}

const AlertLine = memo(function AlertLine({ alert, first, locked }: { alert: Alert; first: boolean; locked: boolean }) {
  const { t } = useTranslation()
  const call = useCall(alert)
  return (
    <p className={styles.line}>
      <IconUrgent size={20} stroke={1.75} aria-hidden />
      <strong>{call}</strong>
      <Running since={alert.raisedAt} className={styles.clock} />
      {!locked && (
        <button type="button" className={styles.answer} onClick={() => void acknowledge(alert.id)}>
          {t('alert.coming')} {first && <kbd>Alt A</kbd>}
        </button>
      )}
    </p>
  )
})
