import { Autocomplete, TextInput } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { type KeyboardEvent, type Ref, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Visit } from '../../contract/visits.ts'
import { allergiesNamedBy } from '../../rules/allergy-match.ts'
import styles from '../consultation/Consultation.module.css'
import { useKeptDraft } from '../live/kept-drafts.ts'
import { useRecord } from '../live/store.ts'
import { usePatient } from '../patients/use-patient.ts'
import { useMedicines } from '../short-lists/use-lists.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { listed } from '../ui/direction.ts'
import { bannerName } from '../ui/patient-name.ts'
import { type PrescriptionFields, prescribe } from './commands.ts'

const nothing: PrescriptionFields = { medicine: '', dose: '', howOften: '', howLong: '', note: '' }
const nameOf = ({ name, dose }: { name: string; dose: string }) => (dose ? `${name}, ${dose}` : name)

/** One line to type in: a medicine of the clinic's list brings its usual dose, Enter prescribes. */
export function NewPrescription({ visit }: { visit: Visit }) {
  const { t } = useTranslation()
  const { draft, change, first, send } = useNewPrescription(visit)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.defaultPrevented) return
    event.preventDefault()
    void send()
  }
  const field = (name: keyof PrescriptionFields) => ({
    label: t(`prescription.${name}`),
    value: draft[name],
    maxLength: 80,
    onKeyDown,
    onChange: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
  })
  return (
    <div className={styles.newRow}>
      <div className={styles.newPrescription}>
        <MedicineField ref={first} medicine={draft.medicine} onChange={change} onKeyDown={onKeyDown} />
        <TextInput {...field('dose')} />
        <TextInput {...field('howOften')} />
        <TextInput {...field('howLong')} />
        <TextInput {...field('note')} className={styles.wide} maxLength={300} />
        <ActionButton size="sm" disabled={!draft.medicine.trim()} run={send}>
          {t('prescription.add')}
        </ActionButton>
      </div>
      <AllergyWarning patientId={visit.patientId} medicine={draft.medicine} />
    </div>
  )
}

/** What is typed of the next one; once it is prescribed the line is empty, and one types on where it begins. */
function useNewPrescription(visit: Visit) {
  const patient = usePatient(visit.patientId)
  const [draft, change, , sent] = useKeptDraft<PrescriptionFields>(`prescription.${visit.id}`, nothing)
  const first = useRef<HTMLInputElement>(null)
  const send = async () => {
    if (!draft.medicine.trim()) return
    const about = patient ? bannerName(patient) : (visit.label ?? visit.ticket)
    if (!(await prescribe(visit.id, about, draft))) return
    sent(draft)
    first.current?.focus()
  }
  return { draft, change, first, send }
}

type MedicineProps = {
  ref: Ref<HTMLInputElement>
  medicine: string
  onChange: (part: Partial<PrescriptionFields>) => void
  onKeyDown: (event: KeyboardEvent) => void
}

function MedicineField({ ref, medicine, onChange, onKeyDown }: MedicineProps) {
  const { t } = useTranslation()
  const medicines = useMedicines()
  const choose = (option: string) => {
    const found = medicines.find((each) => nameOf(each) === option)
    if (!found) return
    const { name, dose, howOften, howLong } = found
    // The component puts the option into the field after this.
    queueMicrotask(() => onChange({ medicine: name, dose, howOften, howLong }))
  }
  return (
    <Autocomplete
      ref={ref}
      label={t('prescription.medicine')}
      value={medicine}
      onChange={(typed) => onChange({ medicine: typed })}
      onOptionSubmit={choose}
      onKeyDown={onKeyDown}
      data={[...new Set(medicines.map(nameOf))]}
      limit={8}
      maxLength={120}
    />
  )
}

/** Said while it is typed; what is prescribed all the same needs a reason. */
function AllergyWarning({ patientId, medicine }: { patientId: string | null; medicine: string }) {
  const { t } = useTranslation()
  const allergies = useRecord('allergies', patientId)
  const named = allergiesNamedBy(medicine, allergies?.items.map(({ substance }) => substance) ?? [])
  return (
    <div role="alert">
      {named.length > 0 && (
        <p className={styles.allergy}>
          <IconAlertTriangle size={16} stroke={1.75} aria-hidden />{' '}
          {t('prescription.allergyWarning', { substances: listed(named) })}
        </p>
      )}
    </div>
  )
}
