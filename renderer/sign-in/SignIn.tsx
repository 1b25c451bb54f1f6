import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from '../frame/Link.tsx'
import { api } from '../live/api.ts'
import { signIn, useSession } from '../live/session.ts'
import { useRead } from '../live/use-read.ts'
import { DOCTOR_PATH } from '../station/doctor-path.ts'
import { useLink } from '../station/station-state.ts'
import { Logo } from '../ui/Logo.tsx'
import { SecretInput } from '../ui/SecretInput.tsx'
import styles from './SignIn.module.css'
import { useAttempt } from './use-attempt.ts'

export function SignIn() {
  const { t } = useTranslation()
  const ended = useSession((session) => session.ended)
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const link = useLink()
  const { data: hub } = useRead(readHub, link?.state)
  const attempt = useAttempt(() => signIn(username.trim(), password))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void attempt.run()
  }
  const ready = username.trim() && password && attempt.wait === 0
  return (
    <div className={styles.page}>
      <main className={styles.middle}>
        <form className={styles.card} onSubmit={submit}>
          <div className={styles.brand}>
            <Logo />
            <h1>{hub?.name ?? t('signIn.title')}</h1>
          </div>
          {ended && <p role="status">{t('signIn.ended')}</p>}
          {link?.state === 'searching' && <HubIsAway />}
          <TextInput
            label={t('signIn.username')}
            value={username}
            onChange={(event) => setUsername(event.currentTarget.value)}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
          />
          <SecretInput
            label={t('signIn.password')}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            autoComplete="current-password"
            error={attempt.problem}
          />
          <Button type="submit" variant="filled" fullWidth loading={attempt.busy} disabled={!ready}>
            {t('signIn.verb')}
          </Button>
        </form>
        {hub?.demonstration && <DemoUsers users={hub.demonstration.users} password={hub.demonstration.password} />}
      </main>
    </div>
  )
}

const readHub = (signal: AbortSignal) => api.hub.info({}, { signal, context: { anonymous: true } })

/** A station that cannot reach its hub: nobody can sign in, and it says so before anybody tries. */
function HubIsAway() {
  const { t } = useTranslation()
  return (
    <div className={styles.away} role="status">
      <p>
        <strong>{t('connection.searching.title')}</strong>
      </p>
      <p>{t('signIn.searching')}</p>
      <Link to={DOCTOR_PATH}>{t('doctorCheck.open')}</Link>
    </div>
  )
}

/** A demonstration clinic: one click is one person. */
function DemoUsers({ users, password }: { users: readonly string[]; password: string }) {
  const { t } = useTranslation()
  return (
    <section className={styles.demo} aria-label={t('signIn.demo')}>
      <h2>{t('signIn.demo')}</h2>
      <p className="soft">{t('signIn.demoText', { password })}</p>
      <div className={styles.users}>
        {users.map((user) => (
          <DemoUser key={user} username={user} password={password} />
        ))}
      </div>
    </section>
  )
}

const capitalised = (word: string) => word.charAt(0).toLocaleUpperCase() + word.slice(1)

function DemoUser({ username, password }: { username: string; password: string }) {
  const { t } = useTranslation()
  const attempt = useAttempt(() => signIn(username, password))
  return (
    <div>
      <Button fullWidth justify="flex-start" size="xs" loading={attempt.busy} onClick={() => void attempt.run()}>
        {t(`signIn.demoUser.${username as 'admin'}`, { defaultValue: capitalised(username) })}
      </Button>
      {attempt.problem && <p role="alert">{attempt.problem}</p>}
    </div>
  )
}
