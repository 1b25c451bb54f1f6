import type { Patient } from '../../contract/patients.ts'
import { adopt } from '../live/store.ts'
import { fromTyped, type PatientDraft } from './new-patient.ts'
import { PatientPicker } from './PatientPicker.tsx'
import { RegisterFields } from './RegisterFields.tsx'

type Props = {
  label: string
  draft: PatientDraft
  onChange: (change: Partial<PatientDraft>) => void
  onChosen?: () => void
}

/** Finds a patient, or registers one in the same breath. */
export function PatientChoice({ label, draft, onChange, onChosen }: Props) {
  const found = (patient: Patient) => {
    adopt({ patients: [patient] })
    onChange({ patientId: patient.id, registering: false })
  }
  if (draft.registering) {
    return (
      <RegisterFields
        value={draft.newPatient}
        onChange={(part) => onChange({ newPatient: { ...draft.newPatient, ...part } })}
        onFound={found}
      />
    )
  }
  return (
    <PatientPicker
      label={label}
      value={draft.patientId}
      autoFocus
      onChange={(patientId) => onChange({ patientId })}
      onRegister={(typed) => onChange({ registering: true, newPatient: fromTyped(typed) })}
      {...(onChosen ? { onChosen } : {})}
    />
  )
}
