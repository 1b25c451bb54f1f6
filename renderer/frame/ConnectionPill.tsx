import { Popover } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { StationState } from '../../contract/station.ts'
import { useConnection } from '../live/connection.ts'
import { DOCTOR_PATH } from '../station/doctor-path.ts'
import { useStation } from '../station/station-state.ts'
import { announce } from '../ui/announcer.ts'
import { useFormat } from '../ui/format.ts'
import { t } from '../ui/i18n.ts'
import styles from './Frame.module.css'
import { Link } from './Link.tsx'

/** U6: always visible, and it says what it means. */
export function ConnectionPill() {
  const { t } = useTranslation()
  const format = useFormat()
  const state = usePillState()
  useAnnounced(t(`connection.${state}.title`))
  return (
    <Popover position="bottom-end" shadow="sm" trapFocus>
      <Popover.Target>
        <button type="button" className={`${styles.button} ${styles.pill}`} data-state={state}>
          <i aria-hidden="true" />
          <span>
            {state === 'live' || state === 'catching_up' ? t(`connection.${state}.word`) : <AwayWords state={state} />}
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={styles.pop}>
          <h2>{t(`connection.${state}.title`)}</h2>
          <p>{t(`connection.${state}.text`)}</p>
          <Since format={format} />
          <OfStation format={format} />
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

/** A station knows sooner than the page's own feed that its hub is away, and that it is being looked for. */
function usePillState() {
  const state = useConnection((connection) => connection.state)
  const searching = useStation((station) => station.state?.link.state === 'searching')
  return searching ? 'searching' : state
}

/** Told when it changes, not when the page opens. */
function useAnnounced(words: string) {
  const told = useRef(words)
  useEffect(() => {
    if (told.current === words) return
    told.current = words
    announce(words)
  }, [words])
}

function AwayWords({ state }: { state: 'offline' | 'searching' }) {
  const { t } = useTranslation()
  const format = useFormat()
  const asOf = useConnection((connection) => connection.asOf)
  return asOf ? t(`connection.${state}.wordAsOf`, { time: format.time(asOf) }) : t(`connection.${state}.word`)
}

type Formatted = { format: ReturnType<typeof useFormat> }

function Since({ format }: Formatted) {
  const { t } = useTranslation()
  const { since, asOf } = useConnection()
  return (
    <p className="soft">
      {t('connection.since', { time: format.time(since) })}
      {asOf ? ` · ${t('connection.asOf', { time: format.time(asOf) })}` : ''}
    </p>
  )
}

/** What a station is linked to, and the way to the doctor. */
function OfStation({ format }: Formatted) {
  const { t } = useTranslation()
  const state = useStation((station) => station.state)
  if (!state?.hub) return null
  return (
    <>
      <p className="soft">{linkWords(state, format)}</p>
      <Link to={DOCTOR_PATH} className={styles.popLink}>
        {t('doctorCheck.open')}
      </Link>
    </>
  )
}

function linkWords({ link, hub, deviceName, computerName }: StationState, { time }: Formatted['format']): string {
  const names = { computer: deviceName ?? computerName, hub: hub?.name ?? '' }
  if (link.state === 'live') return t('connection.linked', { ...names, address: link.address })
  if (link.state === 'searching') return t('connection.unlinked', { ...names, time: time(link.since) })
  return t('connection.computer', names)
}
