import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Prescription } from '../../contract/prescriptions.ts'
import type { Visit } from '../../contract/visits.ts'
import { allergiesNamedBy } from '../../rules/allergy-match.ts'
import styles from '../consultation/Consultation.module.css'
import { useRecord } from '../live/store.ts'
import { usePatient } from '../patients/use-patient.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { listed } from '../ui/direction.ts'
import { bannerName } from '../ui/patient-name.ts'
import { keepDespiteAllergy } from './commands.ts'

type Props = { visit: Visit; prescriptions: readonly Prescription[]; mayWrite: boolean }

/**
 * P1: what stands here and a listed allergy names, without a reason. Nobody was asked for one where the visit came to this
 * patient later (Q9, P4), or the allergy was learnt since.
 */
export function AllergiesNamed({ visit, prescriptions, mayWrite }: Props) {
  const { t } = useTranslation()
  const patient = usePatient(visit.patientId)
  const items = useRecord('allergies', visit.patientId)?.items ?? []
  const substances = items.map(({ substance }) => substance)
  const about = patient ? bannerName(patient) : (visit.label ?? visit.ticket)
  return (
    <div role="alert">
      {prescriptions.map((prescription) => {
        const named = allergiesNamedBy(prescription.medicine, substances)
        const { id, medicine, allergyReason } = prescription
        if (named.length === 0 || allergyReason) return null
        return (
          <p key={id} className={styles.allergy}>
            <IconAlertTriangle size={16} stroke={1.75} aria-hidden />{' '}
            {t('prescription.listedAllergy', { medicine, substances: listed(named) })}{' '}
            {mayWrite && (
              <ActionButton size="compact-xs" run={() => keepDespiteAllergy(prescription, about, named)}>
                {t('prescription.keepWithReason', { medicine })}
              </ActionButton>
            )}
          </p>
        )
      })}
    </div>
  )
}
