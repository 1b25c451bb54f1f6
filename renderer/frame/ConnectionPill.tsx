import { Popover } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useConnection } from '../live/connection.ts'
import { announce } from '../ui/announcer.ts'
import { useFormat } from '../ui/format.ts'
import styles from './Frame.module.css'

/** U6: always visible, and it says what it means. */
export function ConnectionPill() {
  const { t } = useTranslation()
  const format = useFormat()
  const state = useConnection((connection) => connection.state)
  useAnnounced(t(`connection.${state}.title`))
  return (
    <Popover position="bottom-end" shadow="sm" trapFocus>
      <Popover.Target>
        <button type="button" className={`${styles.button} ${styles.pill}`} data-state={state}>
          <i aria-hidden="true" />
          <span>{state === 'offline' ? <OfflineWords /> : t(`connection.${state}.word`)}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={styles.pop}>
          <h2>{t(`connection.${state}.title`)}</h2>
          <p>{t(`connection.${state}.text`)}</p>
          <Since format={format} />
        </div>
      </Popover.Dropdown>
    </Popover>
  )
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

function OfflineWords() {
  const { t } = useTranslation()
  const format = useFormat()
  const asOf = useConnection((connection) => connection.asOf)
  return asOf ? t('connection.offline.wordAsOf', { time: format.time(asOf) }) : t('connection.offline.word')
}

function Since({ format }: { format: ReturnType<typeof useFormat> }) {
  const { t } = useTranslation()
  const { since, asOf } = useConnection()
  return (
    <p className="soft">
      {t('connection.since', { time: format.time(since) })}
      {asOf ? ` · ${t('connection.asOf', { time: format.time(asOf) })}` : ''}
    </p>
  )
}
