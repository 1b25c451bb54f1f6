import { useTranslation } from 'react-i18next'
import type { Visit } from '../../contract/visits.ts'
import { ConsultationPage } from '../consultation/ConsultationPage.tsx'
import { useRecord } from '../live/store.ts'
import { AllergyLine } from '../patients/AllergyLine.tsx'
import { usePatient } from '../patients/use-patient.ts'
import { VitalsStrip } from '../triage/VitalsStrip.tsx'
import { ActionButton } from '../ui/ActionButton.tsx'
import { PatientBanner } from '../ui/PatientBanner.tsx'
import { EmptyState } from '../ui/states.tsx'
import { callVisit, notHere, setStatus, transferVisit } from '../visits/commands.tsx'
import { callFamily, useFamilyInLine } from '../visits/family.ts'
import { StatusLine } from '../visits/StatusLine.tsx'
import { Reasons } from '../visits/WhyButton.tsx'
import { callNext, finishConsultation, startConsultation } from './commands.tsx'
import styles from './MyQueueView.module.css'

/** The patient on the doctor's screen, and under it the keys of the day, always in the same place. */
export function ConsultationPane({ doctorId, visitId }: { doctorId: string; visitId: string | null }) {
  const { t } = useTranslation()
  const visit = useRecord('visits', visitId)
  return (
    <section className={styles.consultation} aria-label={t('patient.one')}>
      {visit ? (
        <OneVisit key={visit.id} visit={visit} />
      ) : (
        <div className={styles.nobody}>
          <EmptyState title={t('myQueue.nobodyHere')} hint={t('myQueue.nobodyHereHint')} />
        </div>
      )}
      <ActionBar doctorId={doctorId} visit={visit} />
    </section>
  )
}

function OneVisit({ visit }: { visit: Visit }) {
  const { t } = useTranslation()
  const patient = usePatient(visit.patientId)
  const waits = visit.status === 'waiting' || visit.status === 'in_triage'
  return (
    <>
      <PatientBanner
        patient={patient}
        label={visit.label}
        aside={visit.patientId ? <AllergyLine patientId={visit.patientId} /> : undefined}
      />
      <div className={styles.content}>
        <div className={styles.block}>
          <StatusLine visit={visit} />
        </div>
        <div className={styles.block}>
          <VitalsStrip visit={visit} />
        </div>
        {waits && (
          <div className={styles.block}>
            <h2>{t('why.heading')}</h2>
            <Reasons visitId={visit.id} />
          </div>
        )}
        <ConsultationPage visit={visit} />
      </div>
    </>
  )
}

/** The next step, and only that, is filled: start whom was called, finish whom is here, else call the next. */
function ActionBar({ doctorId, visit }: { doctorId: string; visit: Visit | undefined }) {
  const { t } = useTranslation()
  const status = visit?.doctorId === doctorId ? visit.status : undefined
  const on = (run: (visit: Visit) => unknown) => () => (visit ? run(visit) : undefined)
  const called = status === 'called'
  const inside = status === 'in_consultation'
  const family = useFamilyInLine(visit)
  const waits = visit !== undefined && (visit.status === 'waiting' || visit.status === 'in_triage')
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('visit.actions')}>
      <ActionButton size="sm" next={!called && !inside} shortcut="F8" run={() => callNext(doctorId)}>
        {t('myQueue.callNext')}
      </ActionButton>
      <ActionButton size="sm" next={called} disabled={!called && status !== 'on_hold'} run={on(startConsultation)}>
        {t(status === 'on_hold' ? 'myQueue.resume' : 'myQueue.start')}
      </ActionButton>
      <ActionButton size="sm" disabled={!inside} run={on(({ id }) => setStatus(id, 'on_hold'))}>
        {t('visit.action.hold')}
      </ActionButton>
      <ActionButton size="sm" disabled={!inside && !waits} run={on(({ id }) => transferVisit(id))}>
        {t('visit.action.transfer')}
      </ActionButton>
      <ActionButton
        size="sm"
        next={inside}
        disabled={!inside}
        shortcut="F10"
        run={on(({ id }) => finishConsultation(id))}
      >
        {t('visit.action.finish')}
      </ActionButton>
      <span className={styles.gap} />
      {called && (
        <ActionButton size="sm" run={on(({ id }) => callVisit(id))}>
          {t('visit.action.recall')}
        </ActionButton>
      )}
      {(called || inside) && family.length > 0 && (
        <ActionButton size="sm" run={on(({ id }) => callFamily(id))}>
          {t('visit.action.callFamily', { family: family.length })}
        </ActionButton>
      )}
      {waits && (
        <ActionButton size="sm" run={on(({ id }) => callVisit(id, { doctorId }))}>
          {t('myQueue.callThis')}
        </ActionButton>
      )}
      <ActionButton size="sm" disabled={!called} run={on(({ id }) => notHere(id))}>
        {t('visit.action.notHere')}
      </ActionButton>
    </div>
  )
}
