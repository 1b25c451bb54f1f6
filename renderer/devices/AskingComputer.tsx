import { Button, TextInput } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PairingRequest, PairingState } from '../../contract/pairing.ts'
import { api } from '../live/api.ts'
import { perform, useBusy } from '../live/perform.ts'
import { t } from '../ui/i18n.ts'
import { toast } from '../ui/toasts.ts'
import styles from './AddComputerDialog.module.css'
import { readDigits } from './typed-digits.ts'

type Props = {
  request: PairingRequest
  /** The first whose digits can be typed: the cursor is put there. */
  first: boolean
  onState: (state: PairingState) => void
}

/** One computer that asks: who it says it is, its digits to be typed, and the name that it gets. */
export function AskingComputer({ request, first, onState }: Props) {
  const { t } = useTranslation()
  const { name, address, phase } = request
  return (
    <li className={styles.request} data-phase={phase} aria-label={name}>
      <p className={styles.who}>
        <strong>{name}</strong>
        <span className="soft figures">{address}</span>
        <span>{t(`pairing.phase.${phase}`)}</span>
      </p>
      {phase === 'ready' && <Approval request={request} first={first} onState={onState} />}
    </li>
  )
}

function Approval({ request, first, onState }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [name, setName] = useState(request.name)
  const [problem, setProblem] = useState<'digits' | 'name' | null>(null)
  const key = `pairing.${request.id}`
  const busy = useBusy(key)
  const send = async () => {
    const digits = readDigits(typed)
    if (!digits) return setProblem('digits')
    const next = await approve({ request, digits, name: name.trim(), taken: () => setProblem('name') })
    if (next) onState(next)
  }
  // The dialog's own form is sent by its own button: here Enter is for this computer.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return
    event.preventDefault()
    void send()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter in its fields
    <div className={styles.approval} onKeyDown={onKeyDown}>
      <TextInput
        label={t('pairing.digits')}
        classNames={{ input: styles.digits }}
        value={typed}
        onChange={(event) => {
          setProblem(null)
          setTyped(event.currentTarget.value)
        }}
        error={problem === 'digits' && t('pairing.sixDigits')}
        inputMode="numeric"
        autoComplete="off"
        maxLength={9}
        autoFocus={first}
      />
      <TextInput
        label={t('pairing.name')}
        value={name}
        onChange={(event) => {
          setProblem(null)
          setName(event.currentTarget.value)
        }}
        classNames={{ input: styles.named }}
        error={problem === 'name' && t('device.nameTaken')}
        maxLength={60}
        autoComplete="off"
      />
      <div className={styles.answers}>
        <Button size="xs" onClick={() => void refuse(request, onState)}>
          {t('pairing.refuse')}
        </Button>
        <Button
          size="xs"
          variant={first ? 'filled' : 'default'}
          loading={busy}
          disabled={!typed.trim() || !name.trim()}
          onClick={() => void send()}
        >
          {t('pairing.approve')}
        </Button>
      </div>
    </div>
  )
}

type Approving = { request: PairingRequest; digits: string; name: string; taken: () => void }

async function approve({ request, digits, name, taken }: Approving): Promise<PairingState | undefined> {
  const { id } = request
  const next = await perform({
    key: `pairing.${id}`,
    run: () => api.pairing.approve({ params: { id }, body: { digits, name } }),
    on: {
      already_exists: taken,
      pairing_failed: ({ why }) => toast({ tone: 'problem', text: t(`pairing.failed.${why}`, { name: request.name }) }),
    },
  })
  if (next) toast({ tone: 'plain', text: t('pairing.done', { name }) })
  return next
}

async function refuse({ id }: PairingRequest, onState: (state: PairingState) => void) {
  const next = await perform({ key: `pairing.${id}`, run: () => api.pairing.refuse({ params: { id } }) })
  if (next) onState(next)
}
