import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRecord } from '../live/store.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { useVisitName } from '../ui/patient-name.ts'
import { DestinationChoice } from './DestinationChoice.tsx'

type Props = { visitId: string; onAnswer: (doctorId?: string) => void }

/** A patient of a pool is called to one of its doctors. */
export function PickDoctorDialog({ visitId, onAnswer }: Props) {
  const { t } = useTranslation()
  const visit = useRecord('visits', visitId)
  const pool = useRecord('pools', visit?.poolId)
  const name = useVisitName(visit)
  const [choice, setChoice] = useState({ key: '', doctorId: '' })
  return (
    <Dialog
      title={t('visit.pickDoctor.title', { ticket: visit?.ticket })}
      onClose={() => onAnswer()}
      onSubmit={() => choice.doctorId && onAnswer(choice.doctorId)}
      footer={
        <>
          <Button onClick={() => onAnswer()}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" disabled={!choice.doctorId}>
            {t('visit.action.call')}
          </Button>
        </>
      }
    >
      <p>
        <strong>{name}</strong>
      </p>
      <DestinationChoice
        label={t('visit.doctor')}
        value={choice.key}
        doctorsOnly
        doctorIds={pool?.doctorIds}
        autoFocus
        onChange={(key, { doctorId }) => setChoice({ key, doctorId: doctorId ?? '' })}
      />
    </Dialog>
  )
}
