import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readPairingString } from '../../contract/discovery.ts'
import type { StationState } from '../../contract/station.ts'
import { useAttempt } from '../sign-in/use-attempt.ts'
import { join } from './commands.ts'
import { HubPath } from './HubPath.tsx'
import styles from './StationPage.module.css'
import { StationPage } from './StationPage.tsx'

type Props = { to: string; hubName: string | null; state: StationState; onBack: () => void }

/** What this computer will be called at the hub, and what has to be pressed there before it asks. */
export function JoinForm({ to, hubName, state, onBack }: Props) {
  const { t } = useTranslation()
  const [name, setName] = useState(state.deviceName ?? state.computerName)
  const attempt = useAttempt(() => join(to, name.trim()))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim()) void attempt.run()
  }
  const where = hubName ?? readPairingString(to)?.addresses[0] ?? to
  return (
    <form onSubmit={submit} className={styles.form}>
      <StationPage
        title={t('join.title', { name: where })}
        text={hubName ? to : undefined}
        footer={
          <>
            <Button onClick={onBack}>{t('common.cancel')}</Button>
            <Button type="submit" variant="filled" loading={attempt.busy} disabled={!name.trim() || attempt.wait > 0}>
              {t('join.ask')}
            </Button>
          </>
        }
      >
        <div className={styles.fields}>
          <div>
            <p>{t('join.before')}</p>
            <p>
              <HubPath />
            </p>
          </div>
          <TextInput
            label={t('join.name')}
            description={t('join.nameHint')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            onFocus={(event) => event.currentTarget.select()}
            maxLength={60}
            autoComplete="off"
            autoFocus
            error={attempt.problem}
          />
        </div>
      </StationPage>
    </form>
  )
}
