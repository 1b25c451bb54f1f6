import { Button, Radio, SegmentedControl } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { password, pin } from '../../contract/auth.ts'
import { api } from '../live/api.ts'
import { useBusy } from '../live/perform.ts'
import { useSession } from '../live/session.ts'
import { useRead } from '../live/use-read.ts'
import { PreferencesPart } from '../notifications/PreferencesPart.tsx'
import { languageName } from '../setup/places.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { useFormat } from '../ui/format.ts'
import { languages } from '../ui/i18n.ts'
import { SecretInput } from '../ui/SecretInput.tsx'
import sheet from '../ui/Sheet.module.css'
import { FailedState, SkeletonRows } from '../ui/states.tsx'
import { fieldsOf, landBadInput, useZodForm } from '../ui/use-form.ts'
import { ACCOUNT_KEY, ACCOUNT_TABS, type AccountTab, changeSecrets, chooseLanguage, endSession } from './commands.tsx'

/** What concerns oneself: the own password and PIN, where one is signed in, and how one is told. */
export function AccountDialog({
  tab: first = 'password',
  onClose,
}: {
  tab?: AccountTab | undefined
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [tab, setTab] = useState<AccountTab>(first)
  const tabs = (
    <SegmentedControl
      fullWidth
      aria-label={t('account.title')}
      value={tab}
      onChange={(value) => setTab(ACCOUNT_TABS.find((each) => each === value) ?? 'password')}
      data={ACCOUNT_TABS.map((each) => ({ value: each, label: t(`account.tab.${each}`) }))}
    />
  )
  if (tab === 'language') return <LanguageOfMine tabs={tabs} onClose={onClose} />
  if (tab === 'notifications') return <Notifications tabs={tabs} onClose={onClose} />
  if (tab === 'sessions') return <Sessions tabs={tabs} onClose={onClose} />
  return <Secret key={tab} kind={tab} tabs={tabs} onClose={onClose} />
}

type Props = { tabs: ReactNode; onClose: () => void }

const schemaFor = (next: typeof password | typeof pin) =>
  z
    .object({ current: z.string().min(1, 'must not be empty'), next, again: z.string() })
    .refine((values) => values.next === values.again, { path: ['again'], error: 'must be the same as above' })

const schemas = { password: schemaFor(password), pin: schemaFor(pin) }

const EMPTY = { current: '', next: '', again: '' }

function Secret({ kind, tabs, onClose }: Props & { kind: 'password' | 'pin' }) {
  const { t } = useTranslation()
  const busy = useBusy(ACCOUNT_KEY)
  const user = useSession((session) => session.user)
  const form = useZodForm(schemas[kind], EMPTY)
  const { error } = fieldsOf(form)
  const on: Parameters<typeof changeSecrets>[1] = {
    wrong_credentials: () => form.setError('current', { message: t('account.wrong') }, { shouldFocus: true }),
    bad_input: (data) => landBadInput(form, data),
  }
  const send = form.handleSubmit(async ({ current, next }) => {
    if (await changeSecrets({ current, [kind]: next }, on)) onClose()
  })
  const removePin = async () => {
    const current = form.getValues('current')
    if (!current) return form.setError('current', { message: 'must not be empty' }, { shouldFocus: true })
    if (await changeSecrets({ current, pin: null }, on)) onClose()
  }
  const field = (name: keyof typeof EMPTY) => ({ ...form.register(name), error: error(name) })
  return (
    <Dialog
      title={user?.displayName ?? ''}
      size="medium"
      onClose={onClose}
      onSubmit={() => void send()}
      footer={
        <>
          {kind === 'pin' && user?.hasPin && <Button onClick={() => void removePin()}>{t('account.pinRemove')}</Button>}
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" loading={busy}>
            {t(`account.${kind}Verb`)}
          </Button>
        </>
      }
    >
      {tabs}
      <p className="soft">{t(`account.${kind}Text`)}</p>
      <SecretInput label={t('account.current')} {...field('current')} autoComplete="current-password" data-autofocus />
      <SecretInput
        label={t(`account.${kind}New`)}
        {...field('next')}
        autoComplete="new-password"
        inputMode={kind === 'pin' ? 'numeric' : 'text'}
      />
      <SecretInput label={t(`account.${kind}Again`)} {...field('again')} autoComplete="new-password" />
    </Dialog>
  )
}

function LanguageOfMine({ tabs, onClose }: Props) {
  const { t, i18n } = useTranslation()
  const user = useSession((session) => session.user)
  return (
    <Dialog
      title={user?.displayName ?? ''}
      size="medium"
      onClose={onClose}
      footer={<Button onClick={onClose}>{t('common.close')}</Button>}
    >
      {tabs}
      <Radio.Group
        label={t('clinic.language')}
        description={t('account.languageText')}
        value={i18n.language}
        onChange={(value) => void chooseLanguage(languages.find((each) => each === value) ?? 'en')}
      >
        <div className={sheet.ticks}>
          {languages.map((each) => (
            <Radio key={each} value={each} label={<span lang={each}>{languageName(each)}</span>} />
          ))}
        </div>
      </Radio.Group>
    </Dialog>
  )
}

function Notifications({ tabs, onClose }: Props) {
  const { t } = useTranslation()
  const user = useSession((session) => session.user)
  return (
    <Dialog
      title={user?.displayName ?? ''}
      size="medium"
      onClose={onClose}
      footer={<Button onClick={onClose}>{t('common.close')}</Button>}
    >
      {tabs}
      <PreferencesPart />
    </Dialog>
  )
}

const readSessions = (signal: AbortSignal) => api.auth.sessions({}, { signal })

function Sessions({ tabs, onClose }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const user = useSession((session) => session.user)
  const { data, failed, again } = useRead(readSessions)
  return (
    <Dialog
      title={user?.displayName ?? ''}
      size="medium"
      onClose={onClose}
      footer={<Button onClick={onClose}>{t('common.close')}</Button>}
    >
      {tabs}
      {failed ? (
        <FailedState text={failed} onRetry={again} />
      ) : !data ? (
        <SkeletonRows rows={3} />
      ) : (
        <table className={sheet.table}>
          <thead>
            <tr>
              <th scope="col">{t('account.where')}</th>
              <th scope="col">{t('account.since')}</th>
              <th scope="col">{t('account.lastSeen')}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {data.items.map((session) => (
              <tr key={session.id}>
                <th scope="row">{session.where === 'loopback' ? t('audit.thisHub') : session.where}</th>
                <td>{format.dateAndTime(session.startedAt)}</td>
                <td>{format.dateAndTime(session.lastSeenAt)}</td>
                <td className={`${sheet.fit} ${sheet.end}`}>
                  {session.current ? (
                    t('account.thisOne')
                  ) : (
                    <ActionButton
                      size="compact-xs"
                      run={async () => {
                        if (await endSession(session.id)) again()
                      }}
                    >
                      {t('account.end')}
                    </ActionButton>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Dialog>
  )
}
