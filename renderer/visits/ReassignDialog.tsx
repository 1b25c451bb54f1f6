import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRecord } from '../live/store.ts'
import { PatientPicker } from '../patients/PatientPicker.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { listName, useVisitName } from '../ui/patient-name.ts'

type Props = { visitId: string; onAnswer: (answer?: { patientId: string; reason: string }) => void }

/** Q9: wrong patient. It leaves a visible trace and tells the doctor. */
export function ReassignDialog({ visitId, onAnswer }: Props) {
  const { t } = useTranslation()
  const visit = useRecord('visits', visitId)
  const name = useVisitName(visit)
  const [patientId, setPatientId] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const patient = useRecord('patients', patientId)
  const ready = patientId && reason.trim()
  return (
    <Dialog
      title={t('visit.reassign.title', { ticket: visit?.ticket })}
      size="medium"
      onClose={() => onAnswer()}
      onSubmit={() => ready && onAnswer({ patientId, reason: reason.trim() })}
      footer={
        <>
          <Button onClick={() => onAnswer()}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" disabled={!ready}>
            {patient ? t('visit.reassign.verb', { name: listName(patient) }) : t('visit.action.reassign')}
          </Button>
        </>
      }
    >
      <p>{t('visit.reassign.text', { name })}</p>
      <PatientPicker label={t('visit.reassign.right')} value={patientId} onChange={setPatientId} autoFocus />
      <TextInput
        label={t('common.reason')}
        value={reason}
        maxLength={200}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Dialog>
  )
}
