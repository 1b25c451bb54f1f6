import { ActionIcon, Autocomplete, Button, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import sheet from '../ui/Sheet.module.css'
import { fieldsOf } from '../ui/use-form.ts'
import type { PatientFormProps } from './PatientForm.tsx'
import styles from './PatientsView.module.css'

const MOST_PHONES = 6
const MOST_IDENTIFIERS = 20

export function PhoneLines({ form }: PatientFormProps) {
  const { t } = useTranslation()
  const { text, set } = fieldsOf(form)
  const phones = form.watch('phones')
  return (
    <div className={styles.lines}>
      <span className={sheet.label}>{t('patient.field.phones')}</span>
      {phones.map((_phone, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the list
        <div key={index} className={styles.line}>
          <TextInput
            aria-label={t('patient.field.phoneNumber', { number: index + 1 })}
            inputMode="tel"
            {...text(`phones.${index}`)}
          />
          <Remove
            label={t('patient.field.removePhone', { number: index + 1 })}
            onClick={() =>
              set(
                'phones',
                phones.filter((_each, at) => at !== index),
              )
            }
          />
        </div>
      ))}
      {phones.length < MOST_PHONES && (
        <div>
          <Button size="compact-xs" onClick={() => set('phones', [...phones, ''])}>
            {t('patient.field.addPhone')}
          </Button>
        </div>
      )}
    </div>
  )
}

/** P1: old card numbers and documents; the search finds them. */
export function IdentifierLines({ form }: PatientFormProps) {
  const { t } = useTranslation()
  const { text, choice, set } = fieldsOf(form)
  const identifiers = form.watch('identifiers')
  const usual = [t('patients.card'), t('patients.nationalId'), t('patients.passport'), t('patients.insurance')]
  return (
    <div className={styles.lines}>
      <span className={sheet.label}>{t('patient.field.identifiers')}</span>
      {identifiers.map((_identifier, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the list
        <div key={index} className={`${styles.line} ${styles.pair}`}>
          <Autocomplete
            aria-label={t('patient.field.identifierKind')}
            placeholder={t('patient.field.identifierKind')}
            data={usual}
            {...choice(`identifiers.${index}.kind`)}
          />
          <TextInput
            aria-label={t('patient.field.identifierValue')}
            placeholder={t('patient.field.identifierValue')}
            {...text(`identifiers.${index}.value`)}
          />
          <Remove
            label={t('patient.field.removeIdentifier')}
            onClick={() =>
              set(
                'identifiers',
                identifiers.filter((_each, at) => at !== index),
              )
            }
          />
        </div>
      ))}
      {identifiers.length < MOST_IDENTIFIERS && (
        <div>
          <Button size="compact-xs" onClick={() => set('identifiers', [...identifiers, { kind: '', value: '' }])}>
            {t('patient.field.addIdentifier')}
          </Button>
        </div>
      )}
    </div>
  )
}

function Remove({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <ActionIcon variant="subtle" color="gray" size={36} aria-label={label} title={label} onClick={onClick}>
      <IconX size={16} stroke={1.75} aria-hidden />
    </ActionIcon>
  )
}
