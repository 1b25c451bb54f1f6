import { Checkbox, Select, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { password } from '../../contract/auth.ts'
import { role } from '../../contract/permissions.ts'
import type { User } from '../../contract/users.ts'
import { language, line } from '../../contract/values.ts'
import { addEntryOf } from '../doctors/commands.tsx'
import { lacksEntry } from '../doctors/own-entry.ts'
import { useClinicChoice, useClinicId } from '../live/clinic.ts'
import { settle } from '../live/intents.ts'
import { useBusy } from '../live/perform.ts'
import { useSession } from '../live/session.ts'
import { useRecords } from '../live/store.ts'
import { languageName } from '../setup/places.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { HINT_BELOW } from '../ui/hint-below.ts'
import { languages, t } from '../ui/i18n.ts'
import { hubInUse } from '../ui/in-use.ts'
import { SecretInput } from '../ui/SecretInput.tsx'
import styles from '../ui/Sheet.module.css'
import { type Form, fieldsOf, landBadInput, useZodForm } from '../ui/use-form.ts'
import { addUser, changeUser, USER_KEY } from './commands.tsx'

const schemaFor = (isNew: boolean) =>
  z.object({
    displayName: line(120),
    username: line(64),
    roles: z.array(role).min(1, 'must have at least one role'),
    clinicIds: z.array(z.string()).min(1, 'must have at least one clinic'),
    language,
    active: z.boolean(),
    password: isNew ? password : password.or(z.literal('')),
  })
type Values = z.input<ReturnType<typeof schemaFor>>

type Props = { user: User | undefined; onClose: () => void }

/** Somebody who may sign in: who they are, what they may, where. */
export function PersonDialog({ user, onClose }: Props) {
  const { t } = useTranslation()
  const busy = useBusy(USER_KEY)
  const { form, entry, send, leave } = usePerson({ user, onClose })
  return (
    <FormDialog
      title={user ? user.displayName : t('user.add')}
      size="medium"
      busy={busy}
      onSubmit={send}
      onClose={leave}
    >
      <Names form={form} user={user} />
      <Access form={form} user={user} />
      {entry.offered && (
        <Checkbox
          label={t('user.makeEntry')}
          description={t('user.makeEntryHint')}
          checked={entry.wanted}
          onChange={(event) => entry.want(event.currentTarget.checked)}
        />
      )}
    </FormDialog>
  )
}

function usePerson({ user, onClose }: Props) {
  const clinicId = useClinicId()
  const form = usePersonForm(user, clinicId)
  const entry = useEntryOffer(form, user)
  const leave = () => {
    settle(USER_KEY)
    onClose()
  }
  const send = form.handleSubmit(async (values) => {
    const on = {
      bad_input: (data: Parameters<typeof landBadInput>[1]) => landBadInput(form, data),
      already_exists: () => form.setError('username', { message: t('user.usernameTaken') }, { shouldFocus: true }),
      in_use: hubInUse,
    }
    const { username, password: secret, ...fields } = values
    const saved = user
      ? await changeUser(user, { ...fields, ...(secret ? { password: secret } : {}) }, on)
      : await addUser({ ...fields, username: username.toLowerCase(), password: secret }, on)
    if (!saved) return
    leave()
    if (entry.wanted) await addEntryOf(saved, clinicId)
  })
  return { form, entry, send, leave }
}

function usePersonForm(user: User | undefined, clinicId: string): Form<Values, Values> {
  const schema = useMemo(() => schemaFor(!user), [user])
  return useZodForm(schema, {
    displayName: user?.displayName ?? '',
    username: user?.username ?? '',
    roles: user?.roles ?? [],
    clinicIds: user?.clinicIds ?? [clinicId],
    language: user?.language ?? 'en',
    active: user?.active ?? true,
    password: '',
  })
}

type Part = { form: Form<Values, Values>; user: User | undefined }

function Names({ form, user }: Part) {
  const { t } = useTranslation()
  const { text, error, choice } = fieldsOf(form)
  return (
    <>
      <TextInput label={t('user.displayName')} {...text('displayName')} data-autofocus />
      <TextInput
        label={t('user.username')}
        {...text('username')}
        disabled={user !== undefined}
        autoCapitalize="none"
        spellCheck={false}
      />
      <SecretInput
        label={t(user ? 'user.newPassword' : 'user.password')}
        description={t(user ? 'user.newPasswordHint' : 'user.firstPasswordHint')}
        inputWrapperOrder={HINT_BELOW}
        {...form.register('password')}
        error={error('password')}
        autoComplete="new-password"
      />
      <Select
        label={t('clinic.language')}
        data={languages.map((code) => ({ value: code, label: languageName(code) }))}
        allowDeselect={false}
        {...choice('language')}
      />
    </>
  )
}

function Access({ form, user }: Part) {
  const { t } = useTranslation()
  const { choice, tick } = fieldsOf(form)
  const { clinics } = useClinicChoice()
  const last = useIsLastAdministrator(user)
  return (
    <>
      <Checkbox.Group label={t('user.roles')} {...choice('roles')}>
        <div className={styles.ticks}>
          {role.options.map((each) => (
            <Checkbox
              key={each}
              value={each}
              label={t(`role.${each}`)}
              description={t(`roleHint.${each}`)}
              disabled={last && each === 'administrator'}
            />
          ))}
        </div>
      </Checkbox.Group>
      <div className={styles.ticks}>
        {clinics.length > 1 && (
          <Checkbox.Group label={t('user.clinics')} {...choice('clinicIds')}>
            <div className={styles.ticks}>
              {clinics.map((clinic) => (
                <Checkbox key={clinic.id} value={clinic.id} label={clinic.name} />
              ))}
            </div>
          </Checkbox.Group>
        )}
        {user && (
          <Checkbox label={t('user.active')} description={t('user.activeHint')} {...tick('active')} disabled={last} />
        )}
        {last && <p className={styles.warning}>{t('user.lastAdministrator')}</p>}
      </div>
    </>
  )
}

/** S1: without an entry under Doctors they have no queue: it is made in the same step, unless somebody says no. */
function useEntryOffer(form: Form<Values, Values>, user: User | undefined) {
  const clinicId = useClinicId()
  const doctors = useRecords('doctors')
  // Who has been a doctor without one may be meant to be: for them it is offered only.
  const [wanted, want] = useState(!user?.roles.includes('doctor'))
  const [roles, clinicIds] = form.watch(['roles', 'clinicIds'])
  const offered = lacksEntry({ roles, clinicIds, ...(user ? { id: user.id } : {}) }, clinicId, doctors)
  return { offered, wanted: offered && wanted, want }
}

/** Nobody could mend it if the last one were gone; the hub refuses it too. */
function useIsLastAdministrator(user: User | undefined): boolean {
  const users = useRecords('users')
  const me = useSession((session) => session.user?.id)
  if (!user?.active || !user.roles.includes('administrator')) return false
  const others = Object.values(users).filter(
    (each) => each.id !== user.id && each.active && each.roles.includes('administrator'),
  )
  // Those of other clinics are not known here: then the hub decides.
  return others.length === 0 && user.id === me
}
