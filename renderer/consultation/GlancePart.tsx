import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Consultation } from '../../contract/consultations.ts'
import files from '../attachments/Files.module.css'
import { FileTile } from '../attachments/FilesPart.tsx'
import { useRecord, useRecords } from '../live/store.ts'
import { OrderLine } from '../orders/OrdersPart.tsx'
import { PatientHistory } from '../patients/PatientHistory.tsx'
import { listed } from '../ui/direction.ts'
import { useFormat } from '../ui/format.ts'
import styles from './Consultation.module.css'
import { useOfPatient, useOfVisit } from './use-record-of.ts'

type Props = { patientId: string; exceptVisitId?: string }

/** History at a glance: what is still awaited, earlier consultations with what was prescribed, earlier files, visits. */
export function GlancePart({ patientId, exceptVisitId = '' }: Props) {
  const { t } = useTranslation()
  return (
    <aside className={styles.glance} aria-label={t('consultation.glance')}>
      <WrittenBefore patientId={patientId} exceptVisitId={exceptVisitId} />
      <section className={styles.part}>
        <h2>{t('history.title')}</h2>
        <PatientHistory patientId={patientId} exceptVisitId={exceptVisitId} />
      </section>
    </aside>
  )
}

/** What was written of a patient whose record is open. */
export function WrittenBefore({ patientId, exceptVisitId = '' }: Props) {
  const { t } = useTranslation()
  const records = useRecords('consultations')
  const earlier = useMemo(
    () =>
      Object.values(records)
        .filter((one) => one.patientId === patientId && one.id !== exceptVisitId)
        .sort((a, b) => b.day.localeCompare(a.day) || (a.id < b.id ? 1 : -1)),
    [records, patientId, exceptVisitId],
  )
  const awaited = useOfPatient('orders', patientId).filter(
    (order) => order.status !== 'done' && order.visitId !== exceptVisitId,
  )
  const attached = useOfPatient('attachments', patientId).filter((file) => file.visitId !== exceptVisitId)
  return (
    <>
      {awaited.length > 0 && (
        <section className={styles.part}>
          <h2>{t('order.awaitedTitle')}</h2>
          <ul className={styles.list}>
            {awaited.map((order) => (
              <OrderLine key={order.id} order={order} brief />
            ))}
          </ul>
        </section>
      )}
      <section className={styles.part}>
        <h2>{t('consultation.list')}</h2>
        {earlier.length === 0 && <p className="soft">{t('consultation.noneBefore')}</p>}
        {earlier.map((one) => (
          <Before key={one.id} consultation={one} />
        ))}
      </section>
      {attached.length > 0 && (
        <section className={styles.part}>
          <h2>{t('file.earlier')}</h2>
          <ul className={files.files}>
            {attached.map((file) => (
              <FileTile key={file.id} file={file} />
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function Before({ consultation }: { consultation: Consultation }) {
  const format = useFormat()
  const doctor = useRecord('doctors', consultation.doctorId)
  const prescriptions = useOfVisit('prescriptions', consultation.id)
  const results = useOfVisit('orders', consultation.id).filter((order) => order.status === 'done')
  const { day, diagnoses, reason, notes } = consultation
  return (
    <details className={styles.before}>
      <summary>
        <strong>{format.day(day)}</strong> <span className="soft">{doctor?.displayName}</span>
        <br />
        <bdi>{listed(diagnoses.map(({ text }) => text)) || reason.slice(0, 80)}</bdi>
        {prescriptions.length > 0 && (
          <span className={styles.under}>
            {listed(prescriptions.map(({ medicine, dose }) => [medicine, dose].filter(Boolean).join(' ')))}
          </span>
        )}
      </summary>
      {reason && <p className={`${styles.theirs} typed`}>{reason}</p>}
      {notes && <p className={`${styles.theirs} typed`}>{notes}</p>}
      {results.map(({ id, what, result }) => (
        <p key={id} className={`${styles.theirs} typed`}>
          <strong>{what}</strong> <bdi>{result}</bdi>
        </p>
      ))}
    </details>
  )
}
