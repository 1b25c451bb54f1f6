import { ActionIcon } from '@mantine/core'
import { IconAlertTriangle, IconPlaylistAdd, IconPrinter, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Prescription } from '../../contract/prescriptions.ts'
import type { Visit } from '../../contract/visits.ts'
import { fold } from '../../rules/patient-names.ts'
import styles from '../consultation/Consultation.module.css'
import { useOfVisit } from '../consultation/use-record-of.ts'
import { useMay } from '../live/permission.ts'
import { printPrescription } from '../papers/print-papers.ts'
import { addMedicine } from '../short-lists/commands.tsx'
import { useMedicines } from '../short-lists/use-lists.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import sheet from '../ui/Sheet.module.css'
import { AllergiesNamed } from './AllergiesNamed.tsx'
import { withdrawPrescription } from './commands.ts'
import { NewPrescription } from './NewPrescription.tsx'

/** What was prescribed in this visit, and a row to go on in. */
export function PrescriptionsPart({ visit }: { visit: Visit }) {
  const { t } = useTranslation()
  const mayWrite = useMay('prescription.write')
  const prescriptions = useOfVisit('prescriptions', visit.id)
  return (
    <section className={styles.part} aria-label={t('prescription.title')}>
      <div className={styles.head}>
        <h2>{t('prescription.title')}</h2>
        {prescriptions.length > 0 && (
          <ActionButton
            size="compact-xs"
            leftSection={<IconPrinter size={16} stroke={1.75} aria-hidden />}
            run={() => printPrescription(visit)}
          >
            {t('paper.printPrescription')}
          </ActionButton>
        )}
      </div>
      <AllergiesNamed visit={visit} prescriptions={prescriptions} mayWrite={mayWrite} />
      {prescriptions.length > 0 && (
        <table className={`${sheet.table} ${styles.table}`}>
          <thead>
            <tr>
              <th scope="col">{t('prescription.medicine')}</th>
              <th scope="col">{t('prescription.dose')}</th>
              <th scope="col">{t('prescription.howOften')}</th>
              <th scope="col">{t('prescription.howLong')}</th>
              <th scope="col">
                <span className="unseen">{t('consultation.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {prescriptions.map((prescription) => (
              <Row key={prescription.id} prescription={prescription} mayWrite={mayWrite} />
            ))}
          </tbody>
        </table>
      )}
      {mayWrite && <NewPrescription visit={visit} />}
    </section>
  )
}

function Row({ prescription, mayWrite }: { prescription: Prescription; mayWrite: boolean }) {
  const { t } = useTranslation()
  const { medicine, dose, howOften, howLong, note, allergyReason } = prescription
  const listed = useMedicines(true).some((each) => fold(each.name) === fold(medicine) && fold(each.dose) === fold(dose))
  return (
    <tr>
      <th scope="row">
        <bdi>{medicine}</bdi>
        {note && <small className={`${styles.under} typed`}>{note}</small>}
        {allergyReason && (
          <small className={styles.allergy}>
            <IconAlertTriangle size={14} stroke={1.75} aria-hidden />{' '}
            {t('prescription.despiteAllergy', { reason: allergyReason })}
          </small>
        )}
      </th>
      <td className="typed">{dose}</td>
      <td className="typed">{howOften}</td>
      <td className="typed">{howLong}</td>
      <td className={`${sheet.fit} ${sheet.end}`}>
        {mayWrite && !listed && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('shortList.addNamed', { name: medicine })}
            title={t('shortList.addToList')}
            onClick={() => void addMedicine({ name: medicine, dose, howOften, howLong })}
          >
            <IconPlaylistAdd size={16} stroke={1.75} aria-hidden />
          </ActionIcon>
        )}
        {mayWrite && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('prescription.withdraw', { medicine })}
            title={t('common.remove')}
            onClick={() => void withdrawPrescription(prescription)}
          >
            <IconX size={16} stroke={1.75} aria-hidden />
          </ActionIcon>
        )}
      </td>
    </tr>
  )
}
