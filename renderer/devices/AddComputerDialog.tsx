import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PairingState } from '../../contract/pairing.ts'
import { api } from '../live/api.ts'
import { useSecond } from '../live/clock.ts'
import { perform } from '../live/perform.ts'
import { HubAway } from '../live/refused.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import styles from './AddComputerDialog.module.css'
import { AskingComputer } from './AskingComputer.tsx'
import { minutesAndSeconds } from './countdown.ts'

type Props = { opened: PairingState; onClose: () => void }

/** What to do at the new computer, and whoever asks: the digits are typed here, never agreed to with a button. */
export function AddComputerDialog({ opened, onClose }: Props) {
  const { t } = useTranslation()
  const [state, setState] = usePairing(opened)
  const close = () => {
    onClose()
    if (state.openUntil) void perform({ key: 'pairing.close', run: () => api.pairing.close({}) })
  }
  const shown = state.requests.toReversed()
  const first = shown.find(({ phase }) => phase === 'ready')
  const over = !first && shown.some(({ phase }) => phase === 'approved')
  return (
    <Dialog
      title={t('device.add')}
      size="medium"
      onClose={close}
      footer={
        <Button data-autofocus variant={over ? 'filled' : 'default'} onClick={close}>
          {t('device.done')}
        </Button>
      }
    >
      <ol className={styles.way}>
        <li>{t('pairing.start')}</li>
        <li>{t('pairing.choose')}</li>
        <li>{t('pairing.type')}</li>
      </ol>
      <Opening state={state} onState={setState} />
      <ul className={styles.requests} aria-label={t('pairing.asking')}>
        {shown.map((request) => (
          <AskingComputer key={request.id} request={request} first={request === first} onState={setState} />
        ))}
      </ul>
      {shown.length === 0 && state.openUntil && (
        <p className={styles.waiting} role="status">
          <i aria-hidden="true" />
          {t('pairing.nobody')}
        </p>
      )}
    </Dialog>
  )
}

/** How long and how many more may ask. */
function Opening({ state, onState }: { state: PairingState; onState: (state: PairingState) => void }) {
  const { t } = useTranslation()
  const now = useSecond()
  const { openUntil, left } = state
  const seconds = openUntil ? Math.ceil((Date.parse(openUntil) - now) / 1000) : 0
  if (seconds > 0 && left > 0) {
    return (
      <p className={styles.opening}>
        <strong className="figures">{minutesAndSeconds(seconds)}</strong>
        <span>{t('pairing.left', { count: left })}</span>
      </p>
    )
  }
  const open = async () => {
    const next = await perform({ key: 'pairing.open', run: () => api.pairing.open({}) })
    if (next) onState(next)
  }
  return (
    <p className={styles.opening} role="alert">
      <span>{t(seconds > 0 ? 'pairing.full' : 'pairing.over')}</span>
      <ActionButton next run={open}>
        {t('pairing.reopen')}
      </ActionButton>
    </p>
  )
}

const LOOK_MS = 1000

/** Who asks is a stranger until it is approved, so it is not on the feed: it is asked for while somebody looks. */
function usePairing(opened: PairingState) {
  const [state, setState] = useState(opened)
  useEffect(() => {
    const gone = new AbortController()
    let timer: ReturnType<typeof setTimeout>
    const look = async () => {
      try {
        const next = await api.pairing.state({}, { signal: gone.signal })
        if (!gone.signal.aborted) setState(next)
      } catch (error) {
        // The pill says that the hub is away; this goes on when it is back.
        if (!gone.signal.aborted && !(error instanceof HubAway)) throw error
      }
      if (!gone.signal.aborted) timer = setTimeout(look, LOOK_MS)
    }
    timer = setTimeout(look, LOOK_MS)
    return () => {
      gone.abort()
      clearTimeout(timer)
    }
  }, [])
  return [state, setState] as const
}
