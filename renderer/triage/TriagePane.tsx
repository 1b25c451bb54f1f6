import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Visit } from '../../contract/visits.ts'
import { isOpen } from '../../rules/transitions.ts'
import { useMinute } from '../live/clock.ts'
import { useKeptDraft, useTypedSince } from '../live/kept-drafts.ts'
import { useWatchOver } from '../live/use-watch-over.ts'
import { AllergyLine } from '../patients/AllergyLine.tsx'
import { usePatient } from '../patients/use-patient.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { PatientBanner } from '../ui/PatientBanner.tsx'
import { FailedState, SkeletonRows } from '../ui/states.tsx'
import { setStatus } from '../visits/commands.tsx'
import { StatusLine } from '../visits/StatusLine.tsx'
import { lookAt, openChart } from './commands.tsx'
import { emptyDraft, type TriageDraft, typedLongAgo } from './fields.ts'
import { openTriage, useIsTriageOpen } from './open-triage.ts'
import { TriageForm } from './TriageForm.tsx'
import styles from './TriageView.module.css'
import { usePacks } from './use-packs.ts'
import { questionsFor, useRisk } from './use-risk.ts'

/** `begin`: somebody wants to type; `onBegun`: the first field has the focus. */
type Props = { visit: Visit; begin: boolean; onBegun: () => void }

/** One patient at the nurse's station: who it is, the form, and what follows from what is typed. */
export function TriagePane({ visit, begin, onBegun }: Props) {
  const { t } = useTranslation()
  const patient = usePatient(visit.patientId)
  useWatchOver(visit.patientId)
  const open = useIsTriageOpen(visit)
  return (
    <>
      <PatientBanner
        patient={patient}
        label={visit.label}
        aside={visit.patientId ? <AllergyLine patientId={visit.patientId} /> : undefined}
      />
      <div className={styles.status}>
        <StatusLine visit={visit} />
        <span className={styles.gap} />
        {!open && <ActionButton run={() => openTriage(visit)}>{t('triage.showEarlier')}</ActionButton>}
        {open && <ActionButton run={() => void openChart(visit)}>{t('triage.chart')}</ActionButton>}
        {visit.status === 'waiting' && (
          <ActionButton run={() => setStatus(visit.id, 'in_triage')}>{t('triage.takeIn')}</ActionButton>
        )}
        <ActionButton run={() => lookAt(visit.id)} title={t('triage.lookHint')}>
          {t('triage.look')}
        </ActionButton>
      </div>
      {isOpen(visit.status) ? (
        <Form {...{ visit, begin, onBegun }} />
      ) : (
        <p className={styles.ended}>{t('triage.ended')}</p>
      )}
    </>
  )
}

function Form({ visit, begin, onBegun }: Props) {
  const { inForce, missing, failed, again } = usePacks(visit.clinicId)
  const patient = usePatient(visit.patientId)
  const name = `triage.${visit.id}`
  const [draft, change, clear] = useKeptDraft<TriageDraft>(name, emptyDraft)
  const typedAt = typedLongAgo(draft, useTypedSince(name), useMinute())
  const asked = useMemo(() => questionsFor(patient, visit.day), [patient, visit.day])
  const risk = useRisk(draft, { patient, asked, packs: inForce })
  if (failed) return <FailedState text={failed} onRetry={again} />
  if (!risk) return <SkeletonRows />
  return <TriageForm {...{ visit, draft, change, clear, typedAt, asked, risk, missing, begin, onBegun }} />
}
