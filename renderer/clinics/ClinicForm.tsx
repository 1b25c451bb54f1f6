import { Checkbox, Select, Textarea, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Clinic, clinicSettings } from '../../contract/clinics.ts'
import { useBusy } from '../live/perform.ts'
import { currencies, languageName, timeZones } from '../setup/places.ts'
import { ChangedMeanwhile } from '../ui/ChangedMeanwhile.tsx'
import { languages, type Words } from '../ui/i18n.ts'
import { SaveBar } from '../ui/SaveBar.tsx'
import styles from '../ui/Sheet.module.css'
import { Part } from '../ui/Sheet.tsx'
import { TimeInput } from '../ui/TimeInput.tsx'
import { type Form, fieldsOf, landBadInput, useRecordForm } from '../ui/use-form.ts'
import {
  BY_LEVEL,
  type ClinicAnswer,
  type ClinicValues,
  clinicBody,
  clinicForm,
  clinicValues,
  minutesByLevel,
  NUMBERS,
} from './clinic-form.ts'
import { CLINIC_KEY, saveClinic } from './commands.tsx'

export function ClinicForm({ clinic }: { clinic: Clinic }) {
  const busy = useBusy(CLINIC_KEY)
  const { form, base, changedMeanwhile, takeTheirs, keepMine, saved } = useRecordForm(
    clinicForm,
    'clinic',
    clinic,
    clinicValues,
  )
  const send = form.handleSubmit(async (answer) => {
    const after = await saveClinic(base, clinicBody(answer), {
      bad_input: ({ fields }) =>
        landBadInput(form, {
          fields: fields.map((each) => ({ ...each, field: each.field.replace(/^settings\./, '') })),
        }),
    })
    if (after) saved(after)
  })
  return (
    <form onSubmit={send} noValidate>
      <ChangedMeanwhile shown={changedMeanwhile} onTake={takeTheirs} onKeep={keepMine} />
      <Identity form={form} />
      <Settings form={form} />
      <SaveBar dirty={form.formState.isDirty} busy={busy} onLeave={takeTheirs} />
    </form>
  )
}

type Fields = { form: Form<ClinicValues, ClinicAnswer> }

function Identity({ form }: Fields) {
  const { t, i18n } = useTranslation()
  const zones = useMemo(() => timeZones(i18n.language), [i18n.language])
  const money = useMemo(() => currencies(i18n.language), [i18n.language])
  const { text, choice } = fieldsOf(form)
  return (
    <Part title={t('clinic.identity')}>
      <div className={`${styles.fields} ${styles.narrow}`}>
        <TextInput label={t('clinic.name')} {...text('name')} />
        <TextInput label={t('clinic.phone')} {...text('phone')} />
        <Textarea className={styles.wide} label={t('clinic.address')} {...text('address')} rows={2} />
        <Select
          className={styles.wide}
          label={t('clinic.timeZone')}
          data={zones}
          searchable
          limit={60}
          allowDeselect={false}
          nothingFoundMessage={t('common.noMatch')}
          {...choice('timeZone')}
        />
        <Select
          label={t('clinic.currency')}
          data={money}
          searchable
          limit={60}
          allowDeselect={false}
          nothingFoundMessage={t('common.noMatch')}
          {...choice('currency')}
        />
        <Select
          label={t('clinic.language')}
          data={languages.map((code) => ({ value: code, label: languageName(code) }))}
          allowDeselect={false}
          {...choice('language')}
        />
      </div>
    </Part>
  )
}

type SettingName = Exclude<keyof Words['setting'], 'title' | 'hint' | 'usual'>

type NumberName = (typeof NUMBERS)[number] | (typeof BY_LEVEL)[number] | 'standardRate' | 'nonUrgentRate'

const defaults = clinicSettings.parse({})
const usualMinutes = minutesByLevel(defaults)

/** Each of the clinic's own choices with a sentence, and what it is by itself. */
function Settings({ form }: Fields) {
  const { t } = useTranslation()
  const { text, tick, choice } = fieldsOf(form)
  const row = (key: SettingName, usual: string | number, input: React.ReactNode) => (
    <div className={styles.setting} key={key}>
      <div>
        <label htmlFor={`setting-${key}`}>
          <strong>{t(`setting.${key}.name`)}</strong>
        </label>
        <p className="soft">
          {t(`setting.${key}.text`)} {t('setting.usual', { value: usual })}
        </p>
      </div>
      {input}
    </div>
  )
  const number = (key: NumberName, usual: number) =>
    row(key, usual, <TextInput id={`setting-${key}`} {...text(key)} inputMode="decimal" />)
  return (
    <Part title={t('setting.title')} hint={t('setting.hint')}>
      <div className={styles.narrow}>
        {row(
          'payBefore',
          t('common.no'),
          <Checkbox id="setting-payBefore" aria-label={t('setting.payBefore.name')} {...tick('payBefore')} />,
        )}
        {row('dayTurnover', defaults.dayTurnover, <TimeInput id="setting-dayTurnover" {...choice('dayTurnover')} />)}
        {NUMBERS.map((key) => number(key, defaults[key]))}
        {BY_LEVEL.map((key) => number(key, usualMinutes[key]))}
        {number('standardRate', defaults.accumulation.standard)}
        {number('nonUrgentRate', defaults.accumulation.non_urgent)}
      </div>
    </Part>
  )
}
