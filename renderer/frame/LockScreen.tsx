import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { unlock, useSession } from '../live/session.ts'
import styles from '../sign-in/SignIn.module.css'
import { useAttempt } from '../sign-in/use-attempt.ts'
import { Logo } from '../ui/Logo.tsx'
import { SecretInput } from '../ui/SecretInput.tsx'
import { AlertBanner } from './AlertBanner.tsx'

/** Nothing of patients is on it. The same person, or the next one, continues with a password or PIN. */
export function LockScreen() {
  const { t } = useTranslation()
  const user = useSession((session) => session.user)
  const [other, setOther] = useState(false)
  const [username, setUsername] = useState('')
  const [secret, setSecret] = useState('')
  const attempt = useAttempt(() => unlock(secret, other ? username.trim() : undefined))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setSecret('')
    void attempt.run()
  }
  return (
    <div className={styles.page}>
      <AlertBanner locked />
      <main className={styles.middle}>
        <form className={styles.card} onSubmit={submit}>
          <div className={styles.brand}>
            <Logo />
            <h1>{t('lock.title')}</h1>
          </div>
          {other ? (
            <TextInput
              label={t('signIn.username')}
              value={username}
              onChange={(event) => setUsername(event.currentTarget.value)}
              autoComplete="off"
              autoFocus
            />
          ) : (
            <p className={styles.person}>{user?.displayName}</p>
          )}
          <SecretInput
            key={String(other)}
            label={t('lock.secret')}
            value={secret}
            onChange={(event) => setSecret(event.currentTarget.value)}
            autoComplete="off"
            error={attempt.problem}
            autoFocus={!other}
          />
          <Button
            type="submit"
            variant="filled"
            fullWidth
            loading={attempt.busy}
            disabled={!secret || attempt.wait > 0}
          >
            {t('lock.verb')}
          </Button>
          <Button variant="transparent" color="gray" onClick={() => setOther(!other)}>
            {other ? t('lock.same', { name: user?.displayName }) : t('lock.other')}
          </Button>
        </form>
      </main>
    </div>
  )
}
