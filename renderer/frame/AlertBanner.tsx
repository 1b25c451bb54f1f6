import { IconUrgent } from '@tabler/icons-react'
import { memo, type ReactNode, useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Alert } from '../../contract/alerts.ts'
import { byPatient, callsForMe, mayAnswer } from '../alerts/alert-state.ts'
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
  const calls = useMemo(() => byPatient(open), [open])
  if (open.length === 0) return null
  const answerable = locked ? [] : open.filter((alert) => mayAnswer(alert, user))
  return (
    <div className={styles.banner} role="alert">
      {calls.slice(0, MOST).map((call) => (
        <Call key={call[0]?.visitId ?? call[0]?.id} call={call} answerable={answerable} locked={locked} />
      ))}
      {calls.length > MOST && <p className={styles.line}>{t('alert.moreCalls', { count: calls.length - MOST })}</p>}
    </div>
  )
}

type CallProps = { call: readonly Alert[]; answerable: readonly Alert[]; locked: boolean }

/** All that asks for one patient: one line, of which the others unfold; each is answered by itself. */
function Call({ call, answerable, locked }: CallProps) {
  const { t } = useTranslation()
  const [unfolded, setUnfolded] = useState(false)
  const id = useId()
  const head = call.find((alert) => answerable.includes(alert)) ?? call[0]
  if (!head) return null
  const others = call.filter((alert) => alert !== head)
  const line = (alert: Alert, more?: ReactNode) => (
    <AlertLine
      key={alert.id}
      alert={alert}
      first={alert === answerable[0]}
      locked={!answerable.includes(alert)}
      more={more}
    />
  )
  if (others.length === 0) return line(head)
  const more = t('alert.moreOfPatient', { count: others.length })
  return (
    <>
      {line(
        head,
        locked ? (
          <span>{more}</span>
        ) : (
          <button
            type="button"
            className={styles.more}
            aria-expanded={unfolded}
            aria-controls={unfolded ? id : undefined}
            onClick={() => setUnfolded(!unfolded)}
          >
            {more}
          </button>
        ),
      )}
      {unfolded && !locked && (
        <div id={id} className={styles.others}>
          {others.map((alert) => line(alert))}
        </div>
      )}
    </>
  )
}

type LineProps = { alert: Alert; first: boolean; locked: boolean; more?: ReactNode }

const AlertLine = memo(function AlertLine({ alert, first, locked, more }: LineProps) {
  const { t } = useTranslation()
  const call = useCall(alert)
  return (
    <p className={styles.line}>
      <IconUrgent size={20} stroke={1.75} aria-hidden />
      <strong>{call}</strong>
      <Running since={alert.raisedAt} className={styles.clock} />
      {more}
      {!locked && (
        <button type="button" className={styles.answer} onClick={() => void acknowledge(alert.id)}>
          {t('alert.coming')} {first && <kbd>Alt A</kbd>}
        </button>
      )}
    </p>
  )
})
