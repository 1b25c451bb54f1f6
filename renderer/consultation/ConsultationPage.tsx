import { useLayoutEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Visit } from '../../contract/visits.ts'
import { FilesPart } from '../attachments/FilesPart.tsx'
import { FollowUpPart } from '../follow-ups/FollowUpPart.tsx'
import { useConnection } from '../live/connection.ts'
import { useOpen } from '../live/opened.ts'
import { useBusy } from '../live/perform.ts'
import { useSession } from '../live/session.ts'
import { OrdersPart } from '../orders/OrdersPart.tsx'
import { openReferral, openSickNote } from '../papers/open-papers.tsx'
import { openingKey, openRecord, openVisitRecord } from '../patients/open-record.ts'
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
  const id = patientId ?? visit.id
  const openIt = () => (patientId ? openRecord(patientId) : openVisitRecord(visit.id))
  const open = useOpen(id, openIt)
  const opening = useBusy(openingKey(id))
  const live = useConnection((connection) => connection.state === 'live')
  const mine = useSession((session) => session.user?.doctorId === visit.doctorId)
  // A page that was loaded anew: the doctor is with this patient and goes on. Audited all the same.
  const wanted = !open && live && mine && visit.status === 'in_consultation'
  // biome-ignore lint/correctness/useExhaustiveDependencies: opened once for each time that it is wanted
  useLayoutEffect(() => {
    if (wanted) void openIt()
  }, [wanted, id])
  if (!open && opening) return <SkeletonRows rows={6} />
  if (!open)
    return (
      <EmptyState title={t('consultation.closed')} hint={t('consultation.closedHint')}>
        <ActionButton run={openIt}>{t('consultation.open')}</ActionButton>
      </EmptyState>
    )
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
