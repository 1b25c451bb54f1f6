import { SegmentedControl, Select, Textarea, TextInput } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Patient } from '../../contract/patients.ts'
import { useToday } from '../live/clinic.ts'
import { useBusy } from '../live/perform.ts'
import { useMay } from '../live/permission.ts'
import { languageName } from '../setup/places.ts'
import { ChangedMeanwhile } from '../ui/ChangedMeanwhile.tsx'
import { DayInput } from '../ui/DayInput.tsx'
import { useFormat } from '../ui/format.ts'
import { SaveBar } from '../ui/SaveBar.tsx'
import sheet from '../ui/Sheet.module.css'
import { Part } from '../ui/Sheet.tsx'
import { type Form, fieldsOf, landBadInput, useRecordForm } from '../ui/use-form.ts'
import { useAgeText } from './age-text.ts'
import { PATIENT_KEY, savePatient } from './commands.tsx'
import { IdentifierLines, PhoneLines } from './ListFields.tsx'
import styles from './PatientsView.module.css'
import { PhotoField } from './PhotoField.tsx'
import {
  bornTyped,
  type PatientAnswer,
  type PatientValues,
  patientFields,
  patientForm,
  patientValues,
} from './patient-form.ts'

/** What the front desk knows of a patient; changed in place and saved whole. */
export function PatientForm({ patient }: { patient: Patient }) {
  const format = useFormat()
  const today = useToday()
  const busy = useBusy(PATIENT_KEY)
  const ageText = useAgeText()
  const mayUpdate = useMay('patient.update')
  const valuesOf = (of: Patient) => patientValues(of, bornTyped(of, ageText(of), format))
  const { form, base, changedMeanwhile, takeTheirs, keepMine, saved } = useRecordForm(
    patientForm,
    'patient',
    patient,
    valuesOf,
  )
  const send = form.handleSubmit(async (answer) => {
    const checked = patientFields(answer, base, valuesOf(base).born, today)
    if ('wrong' in checked)
      return form.setError('born', { message: 'must be a birth date or age' }, { shouldFocus: true })
    const after = await savePatient(base, checked.fields, { bad_input: (data) => landBadInput(form, data) })
    if (after) saved(after)
  })
  return (
    <form onSubmit={send} noValidate>
      <ChangedMeanwhile shown={changedMeanwhile} onTake={takeTheirs} onKeep={keepMine} />
      <fieldset disabled={!mayUpdate} className="bare">
        <Person form={form} />
        <Contact form={form} />
        <Further form={form} />
      </fieldset>
      <SaveBar dirty={form.formState.isDirty} busy={busy} onLeave={takeTheirs} />
    </form>
  )
}

const SEXES = ['female', 'male', 'other', 'not_known'] as const

export type PatientFormProps = { form: Form<PatientValues, PatientAnswer> }

function Person({ form }: PatientFormProps) {
  const { t } = useTranslation()
  const { text, choice, error } = fieldsOf(form)
  const sexes = useRef(SEXES.map((sex) => ({ value: sex as string, label: t(`patient.sex.${sex}`) })))
  const { value, onChange } = choice('sex')
  return (
    <Part title={t('patients.person')}>
      <div className={sheet.fields}>
        <TextInput label={t('patient.field.familyName')} {...text('familyName')} />
        <TextInput label={t('patient.field.givenName')} {...text('givenName')} />
        <TextInput label={t('patient.field.born')} placeholder={t('patient.field.bornHint')} {...text('born')} />
        <TextInput label={t('patient.field.title')} {...text('title')} />
        <div className={sheet.wide}>
          <span className={sheet.label}>{t('patient.field.sex')}</span>
          <SegmentedControl
            fullWidth
            aria-label={t('patient.field.sex')}
            value={value}
            onChange={onChange}
            data={sexes.current}
          />
        </div>
        <div className={sheet.wide}>
          <PhotoField {...choice('photo')} error={error('photo')} />
        </div>
      </div>
    </Part>
  )
}

function Contact({ form }: PatientFormProps) {
  const { t } = useTranslation()
  const { text } = fieldsOf(form)
  return (
    <Part title={t('patients.contact')}>
      <PhoneLines form={form} />
      <Textarea label={t('patient.field.address')} rows={2} {...text('address')} />
      <Textarea label={t('patient.field.note')} description={t('patient.field.noteHint')} rows={2} {...text('note')} />
      <div>
        <span className={sheet.label}>{t('patient.field.guardian')}</span>
        <div className={styles.thirds}>
          <TextInput
            aria-label={t('patient.field.guardianName')}
            placeholder={t('patient.field.guardianName')}
            {...text('guardian.name')}
          />
          <TextInput
            aria-label={t('patient.field.guardianRelation')}
            placeholder={t('patient.field.guardianRelation')}
            {...text('guardian.relation')}
          />
          <TextInput
            aria-label={t('patient.field.guardianPhone')}
            placeholder={t('patient.field.guardianPhone')}
            inputMode="tel"
            {...text('guardian.phone')}
          />
        </div>
      </div>
    </Part>
  )
}

const SPOKEN = ['en', 'bn', 'ar'] as const

function Further({ form }: PatientFormProps) {
  const { t } = useTranslation()
  const { choice, set } = fieldsOf(form)
  return (
    <Part title={t('patients.further')}>
      <IdentifierLines form={form} />
      <div className={sheet.fields}>
        <Select
          label={t('patient.field.language')}
          placeholder={t('patient.languageNotKnown')}
          data={SPOKEN.map((code) => ({ value: code, label: languageName(code) }))}
          clearable
          {...choice('language')}
          value={form.watch('language') || null}
          onChange={(code) => set('language', SPOKEN.find((each) => each === code) ?? '')}
        />
        <DayInput
          label={t('patient.field.deceasedOn')}
          {...choice('deceasedOn')}
          onChange={(day) => set('deceasedOn', day)}
        />
      </div>
    </Part>
  )
}
