import { Popover } from '@mantine/core'
import { IconUrgent } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Alert } from '../../contract/alerts.ts'
import { asksMe, concerns } from '../alerts/alert-state.ts'
import { titleOf } from '../alerts/words.ts'
import { useSession } from '../live/session.ts'
import { useRecord, useRecords } from '../live/store.ts'
import { useFormat } from '../ui/format.ts'
import styles from './Frame.module.css'
import { Link } from './Link.tsx'

/** The alerts of today: how many ask this person, and who answered the others when. */
export function AlertBell() {
  const { t } = useTranslation()
  const user = useSession((session) => session.user)
  const alerts = useRecords('alerts')
  const open = useMemo(() => Object.values(alerts).filter((alert) => asksMe(alert, user)).length, [alerts, user])
  const all = useMemo(
    () =>
      Object.values(alerts)
        .filter((alert) => concerns(alert, user))
        .sort((a, b) => b.raisedAt.localeCompare(a.raisedAt)),
    [alerts, user],
  )
  return (
    <Popover position="bottom-end" shadow="sm" trapFocus>
      <Popover.Target>
        <button type="button" className={styles.button} aria-label={t('alert.bell', { count: open })}>
          <IconUrgent size={18} stroke={1.75} aria-hidden />
          {open > 0 && <span className={styles.count}>{open}</span>}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={styles.pop}>
          <h2>{t('alert.today')}</h2>
          {all.length === 0 && <p className="soft">{t('alert.none')}</p>}
          {all.slice(0, 10).map((alert) => (
            <BellLine key={alert.id} alert={alert} />
          ))}
          <Link to="/alerts" className={styles.popLink}>
            {t('alert.allAlerts')}
          </Link>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

function BellLine({ alert }: { alert: Alert }) {
  const { t } = useTranslation()
  const format = useFormat()
  const by = useRecord('users', alert.acknowledgedById)
  return (
    <p className={styles.alertLine}>
      <span className="soft">{format.time(alert.raisedAt)}</span>
      <strong>{titleOf(alert)}</strong>
      <span>
        {alert.acknowledgedAt
          ? t('alert.answeredBy', { name: by?.displayName, time: format.time(alert.acknowledgedAt) })
          : alert.resolvedAt
            ? t('alert.closedAt', { time: format.time(alert.resolvedAt) })
            : t('alert.unanswered')}
      </span>
    </p>
  )
}
