import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Visit } from '../../contract/visits.ts'
import { FilesPart } from '../attachments/FilesPart.tsx'
import { FollowUpPart } from '../follow-ups/FollowUpPart.tsx'
import { useSession } from '../live/session.ts'
import { useRecord } from '../live/store.ts'
import { OrdersPart } from '../orders/OrdersPart.tsx'
import { openReferral, openSickNote } from '../papers/open-papers.tsx'
import { openRecord, openVisitRecord, useIsRecordOpen } from '../patients/open-record.ts'
import { PrescriptionsPart } from '../prescriptions/PrescriptionsPart.tsx'
import { ActionButton } from '../ui/ActionButton.tsx'
import { EmptyState, SkeletonRows } from '../ui/states.tsx'
import styles from './Consultation.module.css'
import { GlancePart } from './GlancePart.tsx'
import { NotesPart } from './NotesPart.tsx'

/** What the doctor writes of a visit, and beside it what was before. Shown when the record was opened (P5). */
export function ConsultationPage({ visit }: { visit: Visit }) {
  const { t } = useTranslation()
  const { patientId } = visit
  const open = useIsRecordOpen(patientId ?? visit.id)
  const there = useRecord('allergies', patientId) !== undefined
  const mine = useSession((session) => session.user?.doctorId === visit.doctorId)
  const inside = mine && visit.status === 'in_consultation'
  const openIt = () => (patientId ? openRecord(patientId) : openVisitRecord(visit.id))
  // A page that was loaded anew, or a fresh snapshot: the doctor is with this patient and goes on. Audited all the same.
  const wanted = open ? patientId !== null && !there : inside
  // biome-ignore lint/correctness/useExhaustiveDependencies: opened once for each time that it is wanted
  useEffect(() => {
    if (wanted) void openIt()
  }, [wanted, patientId])
  if (!open)
    return (
      <EmptyState title={t('consultation.closed')} hint={t('consultation.closedHint')}>
        <ActionButton run={openIt}>{t('consultation.open')}</ActionButton>
      </EmptyState>
    )
  if (wanted) return <SkeletonRows rows={6} />
  return (
    <div className={styles.page}>
      <div className={styles.parts}>
        <NotesPart visitId={visit.id} />
        <PrescriptionsPart visit={visit} />
        <OrdersPart visit={visit} />
        <FollowUpPart visit={visit} />
        <FilesPart visit={visit} />
        <section className={styles.part} aria-label={t('paper.title')}>
          <h2>{t('paper.title')}</h2>
          <div className={styles.choices}>
            <ActionButton run={() => openSickNote(visit)}>{t('paper.sickNote')}</ActionButton>
            <ActionButton run={() => openReferral(visit)}>{t('paper.referral')}</ActionButton>
          </div>
        </section>
      </div>
      {visit.patientId && <GlancePart patientId={visit.patientId} exceptVisitId={visit.id} />}
    </div>
  )
}
