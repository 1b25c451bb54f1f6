import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Patient } from '../../contract/patients.ts'
import { ageLabel } from '../../rules/age.ts'
import { useClinic } from '../live/clinic.ts'
import { type Format, formatsFor } from './formats.ts'

export function useFormat(): Format {
  const { i18n } = useTranslation()
  const clinic = useClinic()
  const timeZone = clinic?.timeZone ?? 'UTC'
  const currency = clinic?.currency ?? 'USD'
  return useMemo(() => formatsFor(i18n.language, timeZone, currency), [i18n.language, timeZone, currency])
}

/** U2: 42 y, 7 mo, ~40 y; nothing when it is not known. */
export function useAge(patient: Pick<Patient, 'birthDate' | 'birthDateEstimated'> | undefined, today: string): string {
  const { t } = useTranslation()
  const label = patient && today ? ageLabel(patient, today) : undefined
  if (!label) return ''
  const age = t(`patient.age.${label.unit}`, { count: label.value })
  return label.estimated ? t('patient.age.about', { age }) : age
}
