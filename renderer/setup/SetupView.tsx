import { Button, Select, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { isRefused } from '../live/refused.ts'
import { useAttempt } from '../sign-in/use-attempt.ts'
import { HINT_BELOW } from '../ui/hint-below.ts'
import { languages } from '../ui/i18n.ts'
import { Logo } from '../ui/Logo.tsx'
import { problemWords } from '../ui/problem-words.ts'
import { SecretInput } from '../ui/SecretInput.tsx'
import { type Form, fieldsOf, useZodForm } from '../ui/use-form.ts'
import { beginClinic } from './begin.ts'
import { currencies, languageName, ownTimeZone, timeZones } from './places.ts'
import styles from './SetupView.module.css'
import { type SetupValues, setupForm } from './setup-form.ts'

/** First start: the clinic and its administrator on one page. Nothing else is asked on the first day. */
export function SetupView() {
  const { t } = useTranslation()
  const form = useZodForm(setupForm, {
    name: '',
    timeZone: ownTimeZone(),
    currency: '',
    language: 'en',
    displayName: '',
    username: '',
    password: '',
    again: '',
  })
  const attempt = useAttempt(() => send(form))
  return (
    <div className={styles.page}>
      <main className={styles.middle}>
        <form className={styles.card} noValidate onSubmit={form.handleSubmit(() => attempt.run())}>
          <header className={styles.brand}>
            <Logo />
            <div>
              <h1>{t('setup.title')}</h1>
              <p className="soft">{t('setup.text')}</p>
            </div>
          </header>
          <ClinicFields form={form} />
          <AdministratorFields form={form} />
          {attempt.problem && <p role="alert">{attempt.problem}</p>}
          <footer className={styles.footer}>
            <p className="soft">{t('setup.after')}</p>
            <Button type="submit" variant="filled" loading={attempt.busy} disabled={attempt.wait > 0}>
              {t('setup.verb')}
            </Button>
          </footer>
        </form>
      </main>
    </div>
  )
}

type Fields = { form: Form<SetupValues, SetupValues> }

function ClinicFields({ form }: Fields) {
  const { t, i18n } = useTranslation()
  const zones = useMemo(() => timeZones(i18n.language), [i18n.language])
  const money = useMemo(() => currencies(i18n.language), [i18n.language])
  const { text, choice } = fieldsOf(form)
  return (
    <fieldset className={styles.fields}>
      <legend>{t('setup.clinic')}</legend>
      <TextInput className={styles.wide} label={t('clinic.name')} {...text('name')} autoFocus />
      <Select
        className={styles.wide}
        label={t('clinic.timeZone')}
        data={zones}
        searchable
        limit={60}
        nothingFoundMessage={t('common.noMatch')}
        {...choice('timeZone')}
      />
      <Select
        label={t('clinic.currency')}
        data={money}
        searchable
        limit={60}
        placeholder={t('setup.currencyHint')}
        nothingFoundMessage={t('common.noMatch')}
        {...choice('currency')}
        value={form.watch('currency') || null}
        onChange={(code) => fieldsOf(form).set('currency', code ?? '')}
      />
      <Select
        label={t('clinic.language')}
        data={languages.map((code) => ({ value: code, label: languageName(code) }))}
        allowDeselect={false}
        {...choice('language')}
      />
    </fieldset>
  )
}

function AdministratorFields({ form }: Fields) {
  const { t } = useTranslation()
  const { text, error } = fieldsOf(form)
  return (
    <fieldset className={styles.fields}>
      <legend>{t('setup.administrator')}</legend>
      <TextInput label={t('user.displayName')} {...text('displayName')} autoComplete="name" />
      <TextInput
        label={t('user.username')}
        {...text('username')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
      />
      <SecretInput
        label={t('user.password')}
        description={t('user.passwordHint')}
        inputWrapperOrder={HINT_BELOW}
        {...form.register('password', { deps: ['again'] })}
        error={error('password')}
        autoComplete="new-password"
      />
      <SecretInput
        label={t('user.passwordAgain')}
        {...form.register('again')}
        error={error('again')}
        autoComplete="new-password"
      />
    </fieldset>
  )
}

const NAMES: Record<string, keyof SetupValues> = {
  'clinic.name': 'name',
  'clinic.timeZone': 'timeZone',
  'clinic.currency': 'currency',
  'clinic.language': 'language',
  'administrator.username': 'username',
  'administrator.displayName': 'displayName',
  'administrator.password': 'password',
}

async function send(form: Fields['form']): Promise<void> {
  try {
    await beginClinic(form.getValues())
  } catch (error) {
    if (!isRefused(error, 'bad_input')) throw error
    for (const { field, message } of error.data.fields) {
      const name = NAMES[field]
      if (!name) throw error
      form.setError(name, { message: problemWords(message) }, { shouldFocus: true })
    }
  }
}
