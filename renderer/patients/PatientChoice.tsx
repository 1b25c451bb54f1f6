import type { Patient } from '../../contract/patients.ts'
import { adopt } from '../live/store.ts'
import { fromTyped, type NewPatient } from './new-patient.ts'
import { PatientPicker } from './PatientPicker.tsx'
import { RegisterFields } from './RegisterFields.tsx'

/** The part of a dialog's draft that says who it is for: somebody known, or somebody to be registered with it. */
export type PatientDraft = { patientId: string | null; registering: boolean; newPatient: NewPatient }

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

/** Whether it says enough: one name will do (P1). */
export const saysWho = ({ patientId, registering, newPatient }: PatientDraft): boolean =>
  patientId !== null || (registering && (newPatient.familyName + newPatient.givenName).trim() !== '')
