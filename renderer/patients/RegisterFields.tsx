import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Patient } from '../../contract/patients.ts'
import { api } from '../live/api.ts'
import { useToday } from '../live/clinic.ts'
import { problemWords } from '../ui/problem-words.ts'
import { bornFrom, isNoPhone, type NewPatient } from './new-patient.ts'
import { PatientLine } from './PatientPicker.tsx'
import styles from './RegisterFields.module.css'

type Props = {
  value: NewPatient
  onChange: (change: Partial<NewPatient>) => void
  /** It is this one after all. */
  onFound: (patient: Patient) => void
}

const SEXES = ['female', 'male', 'other', 'not_known'] as const

/** What the front desk asks of somebody new: one name is enough (P1). */
export function RegisterFields({ value, onChange, onFound }: Props) {
  const { t } = useTranslation()
  const today = useToday()
  const born = bornFrom(value.born, today)
  const duplicates = useDuplicates(value, born?.birthDateEstimated === false ? born.birthDate : null)
  const text = (field: 'familyName' | 'givenName' | 'phone' | 'born') => ({
    label: t(`patient.field.${field}`),
    value: value[field],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => onChange({ [field]: event.currentTarget.value }),
    autoComplete: 'off',
  })
  // Whoever typed a name into the search goes on with what is missing.
  const wanted = value.familyName === '' ? 'familyName' : 'givenName'
  const [first] = useState(wanted)
  return (
    <div className={styles.fields}>
      <TextInput {...text('familyName')} autoFocus={first === 'familyName'} />
      <TextInput {...text('givenName')} autoFocus={first === 'givenName'} />
      <div>
        <span className={styles.label}>{t('patient.field.sex')}</span>
        <SegmentedControl
          fullWidth
          aria-label={t('patient.field.sex')}
          value={value.sex}
          onChange={(sex) => onChange({ sex: SEXES.find((each) => each === sex) ?? 'not_known' })}
          data={SEXES.map((sex) => ({ value: sex, label: t(`patient.sex.${sex}`) }))}
        />
      </div>
      <TextInput
        {...text('born')}
        placeholder={t('patient.field.bornHint')}
        error={value.born.trim() && !born ? t('patient.field.bornWrong') : undefined}
      />
      <TextInput
        {...text('phone')}
        inputMode="tel"
        error={isNoPhone(value.phone) ? problemWords('must have a digit') : undefined}
      />
      {duplicates.length > 0 && (
        <div className={styles.duplicates} role="status">
          <p>{t('patient.duplicates', { count: duplicates.length })}</p>
          {duplicates.map((patient) => (
            <Button key={patient.id} fullWidth justify="stretch" onClick={() => onFound(patient)}>
              <PatientLine patient={patient} />
            </Button>
          ))}
        </div>
      )}
    </div>
  )
}

const PAUSE_MS = 300

/** P3: it warns, it does not refuse. */
function useDuplicates(value: NewPatient, birthDate: string | null): readonly Patient[] {
  const [found, setFound] = useState<readonly Patient[]>([])
  const { familyName, givenName, phone } = value
  useEffect(() => {
    if ((familyName + givenName).trim().length < 3) return setFound([])
    const cancel = new AbortController()
    const timer = setTimeout(() => {
      const query = {
        familyName: familyName.trim(),
        givenName: givenName.trim(),
        ...(birthDate ? { birthDate } : {}),
        ...(phone.trim() ? { phone: phone.trim() } : {}),
      }
      api.patients.duplicates({ query }, { signal: cancel.signal }).then(
        ({ items }) => setFound(items.slice(0, 3).map((item) => item.patient)),
        // A warning that can't be had must not stand in the way of the form.
        () => setFound([]),
      )
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      cancel.abort()
    }
  }, [familyName, givenName, birthDate, phone])
  return found
}
