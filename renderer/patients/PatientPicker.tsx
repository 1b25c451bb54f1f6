import { CloseButton, TextInput } from '@mantine/core'
import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Patient } from '../../contract/patients.ts'
import { useToday } from '../live/clinic.ts'
import { useRecord } from '../live/store.ts'
import { useAge, useFormat } from '../ui/format.ts'
import { listName } from '../ui/patient-name.ts'
import styles from './PatientPicker.module.css'
import { LONGEST_SEARCH, usePatientSearch } from './use-patient-search.ts'

type Props = {
  label: string
  value: string | null
  onChange: (patientId: string | null) => void
  /** Offers to register who was not found, with what was typed. */
  onRegister?: (typed: string) => void
  /** After one was chosen, by a key or the mouse. */
  onChosen?: () => void
  autoFocus?: boolean
}

/** Three letters, Enter. Two further identifiers with every name (P2). */
export function PatientPicker({ label, value, onChange, onRegister, onChosen, autoFocus }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const chosen = useRecord('patients', value)
  const search = usePatientSearch(text)
  const choices = search.items.length + (onRegister && text.trim() ? 1 : 0)
  if (chosen) {
    return (
      <div className={styles.chosen}>
        <PatientLine patient={chosen} />
        <CloseButton aria-label={t('patient.picker.other')} onClick={() => onChange(null)} />
      </div>
    )
  }
  const take = (index: number) => {
    const patient = search.items[index]
    if (patient) {
      onChange(patient.id)
      onChosen?.()
    } else if (!search.searching && search.forText === text.trim()) onRegister?.(text.trim())
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, choices - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
    else if (event.key === 'Enter' && choices > 0) take(Math.min(at, choices - 1))
    else return
    event.preventDefault()
  }
  return (
    <div>
      <TextInput
        label={label}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
        maxLength={LONGEST_SEARCH}
        placeholder={t('patient.picker.hint')}
        role="combobox"
        aria-expanded={choices > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={choices > 0 ? `${id}-${at}` : undefined}
        autoComplete="off"
        spellCheck={false}
        data-autofocus={autoFocus || undefined}
        error={search.failed}
      />
      <div id={`${id}-list`} role="listbox" aria-label={label} className={styles.list}>
        {search.items.map((patient, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the box above hears the keys
          <div
            key={patient.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={styles.option}
            onClick={() => take(index)}
          >
            <PatientLine patient={patient} />
          </div>
        ))}
        {onRegister && text.trim() && (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the box above hears the keys
          <div
            id={`${id}-${search.items.length}`}
            role="option"
            tabIndex={-1}
            aria-selected={at >= search.items.length}
            className={styles.option}
            onClick={() => onRegister(text.trim())}
          >
            {t('patient.picker.register', { name: text.trim() })}
          </div>
        )}
      </div>
    </div>
  )
}

export function PatientLine({ patient }: { patient: Patient }) {
  const { t } = useTranslation()
  const format = useFormat()
  const age = useAge(patient, useToday())
  return (
    <span className={styles.line}>
      <span className={styles.name}>{listName(patient)}</span>
      <span className="soft">
        {patient.birthDate && !patient.birthDateEstimated ? format.day(patient.birthDate) : ''}
      </span>
      <span className="soft">{age}</span>
      <span className="soft">{t(`patient.sexShort.${patient.sex}`)}</span>
      <span className="soft">{patient.number}</span>
    </span>
  )
}
