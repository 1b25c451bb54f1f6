import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Appointment } from '../../contract/appointments.ts'
import type { Visit } from '../../contract/visits.ts'
import { answerWish, cancelAppointment, changeAppointment, moveAppointment } from '../appointments/commands.tsx'
import { printAppointmentSlip } from '../appointments/print-slip.ts'
import { Link } from '../frame/Link.tsx'
import { useToday } from '../live/clinic.ts'
import { useMay } from '../live/permission.ts'
import { useLive, useRecord } from '../live/store.ts'
import { VisitMoney } from '../money/VisitMoney.tsx'
import { pathOf } from '../patients/commands.tsx'
import { PatientHistory } from '../patients/PatientHistory.tsx'
import { usePatient } from '../patients/use-patient.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { inARow } from '../ui/direction.ts'
import { useFormat } from '../ui/format.ts'
import { PatientBanner } from '../ui/PatientBanner.tsx'
import sheet from '../ui/Sheet.module.css'
import { EmptyState } from '../ui/states.tsx'
import { checkInAppointment, checkInFamily } from '../visits/check-in.ts'
import { openBook, openWalkIn } from '../visits/open-dialogs.tsx'
import { StatusLine } from '../visits/StatusLine.tsx'
import { VisitActions } from '../visits/VisitActions.tsx'
import { reasonWords } from '../visits/visit-words.ts'
import styles from './PatientPane.module.css'
import { type Selection, showVisit } from './selection.ts'

/** One patient: who it is, where the visit stands, what comes next. */
export function PatientPane({ selection }: { selection: Selection }) {
  const { t } = useTranslation()
  const appointment = useRecord('appointments', selection.kind === 'appointment' ? selection.id : null)
  const visitId = useLive((state) =>
    appointment
      ? Object.values(state.nouns.visits).find(
          (each) => each.appointmentId === appointment.id || each.nextAppointmentIds.includes(appointment.id),
        )?.id
      : undefined,
  )
  const visit = useRecord('visits', selection.kind === 'visit' ? selection.id : visitId)
  return (
    <section className={styles.pane} aria-label={t('patient.one')}>
      {visit ? (
        <VisitOfPatient key={visit.id} visit={visit} />
      ) : appointment ? (
        <AppointmentOfPatient key={appointment.id} appointment={appointment} />
      ) : selection.kind === 'patient' ? (
        <PatientAlone key={selection.id} patientId={selection.id} />
      ) : (
        <EmptyState title={t('patient.nobodyChosen')} hint={t('patient.nobodyChosenHint')} />
      )}
    </section>
  )
}

function VisitOfPatient({ visit }: { visit: Visit }) {
  const { t } = useTranslation()
  const patient = usePatient(visit.patientId)
  return (
    <>
      <PatientBanner patient={patient} label={visit.label} />
      <div className={styles.scroll}>
        <div className={styles.now}>
          <StatusLine visit={visit} />
          <VisitActions visit={visit} />
        </div>
        <Block title={t('money.title')}>
          <VisitMoney visit={visit} />
        </Block>
        {visit.patientId && <PatientDays patientId={visit.patientId} exceptVisitId={visit.id} />}
      </div>
    </>
  )
}

function AppointmentOfPatient({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation()
  const format = useFormat()
  const today = useToday()
  const patient = usePatient(appointment.patientId)
  const doctor = useRecord('doctors', appointment.doctorId)
  const service = useRecord('services', appointment.serviceId)
  const mayCheckIn = useMay('visit.checkIn')
  const mayBook = useMay('appointment.book')
  const { status } = appointment
  const awaited = status === 'booked' || status === 'confirmed'
  return (
    <>
      <PatientBanner patient={patient} />
      <div className={styles.scroll}>
        <div className={styles.now}>
          <p>
            <strong>
              {appointment.day === today
                ? t('appointment.at', { time: format.time(appointment.startsAt) })
                : t('appointment.atDay', { when: format.dateAndTime(appointment.startsAt) })}
            </strong>{' '}
            <span className="soft">
              {inARow([doctor?.displayName, service?.name, t(`appointment.status.${status}`)])}
            </span>
          </p>
          {appointment.overbooked && (
            <p className="soft">
              {t('appointment.overbooked', { reason: reasonWords(appointment.overbookReason ?? '') })}
            </p>
          )}
          {appointment.cancelReason && <p className="soft">{reasonWords(appointment.cancelReason)}</p>}
          {appointment.moveAsked && (
            <div className={sheet.warning}>
              <p>{t(`appointment.moveAsked.${appointment.moveAsked}`)}</p>
              {mayBook && (
                <div>
                  <ActionButton run={() => answerWish(appointment.id)}>{t('appointment.action.answered')}</ActionButton>
                </div>
              )}
            </div>
          )}
          {appointment.note && <p>{appointment.note}</p>}
          <div className={styles.actions}>
            {mayCheckIn && status !== 'fulfilled' && appointment.day === today && (
              <ActionButton
                next
                run={async () => {
                  const visitId = await checkInAppointment(appointment.id)
                  if (visitId) showVisit(visitId)
                }}
              >
                {t('appointment.action.checkIn')}
              </ActionButton>
            )}
            {mayCheckIn && awaited && appointment.day === today && (
              <ActionButton
                run={async () => {
                  const visitId = await checkInFamily(appointment.id)
                  if (visitId) showVisit(visitId)
                }}
              >
                {t('walkIn.another')}
              </ActionButton>
            )}
            {mayBook && status === 'booked' && (
              <ActionButton run={() => changeAppointment(appointment.id, 'confirmed')}>
                {t('appointment.action.confirm')}
              </ActionButton>
            )}
            {mayBook && awaited && (
              <>
                <ActionButton run={() => moveAppointment(appointment.id)} shortcut="M">
                  {t('appointment.action.move')}
                </ActionButton>
                {appointment.day <= today && (
                  <ActionButton run={() => changeAppointment(appointment.id, 'no_show')}>
                    {t('appointment.action.noShow')}
                  </ActionButton>
                )}
                <ActionButton run={() => cancelAppointment(appointment.id)}>
                  {t('appointment.action.cancel')}
                </ActionButton>
              </>
            )}
            {awaited && (
              <ActionButton run={() => printAppointmentSlip(appointment.id)}>
                {t('appointment.action.print')}
              </ActionButton>
            )}
          </div>
        </div>
        <PatientDays patientId={appointment.patientId} />
      </div>
    </>
  )
}

function PatientAlone({ patientId }: { patientId: string }) {
  const { t } = useTranslation()
  const patient = usePatient(patientId)
  const mayCheckIn = useMay('visit.checkIn')
  const mayBook = useMay('appointment.book')
  return (
    <>
      <PatientBanner patient={patient} label={t('common.loading')} />
      <div className={styles.scroll}>
        <div className={styles.now}>
          <div className={styles.actions}>
            {mayCheckIn && (
              <Button size="xs" variant="filled" onClick={() => openWalkIn(patientId)}>
                {t('arrivals.walkIn')}
              </Button>
            )}
            {mayBook && (
              <Button size="xs" onClick={() => openBook(patientId)}>
                {t('arrivals.book')}
              </Button>
            )}
          </div>
        </div>
        <PatientDays patientId={patientId} />
      </div>
    </>
  )
}

function PatientDays({ patientId, exceptVisitId }: { patientId: string; exceptVisitId?: string }) {
  const { t } = useTranslation()
  return (
    <Block
      title={t('history.title')}
      aside={
        <Link to={pathOf(patientId)} className={sheet.open}>
          {t('patients.page')}
        </Link>
      }
    >
      <PatientHistory patientId={patientId} {...(exceptVisitId ? { exceptVisitId } : {})} />
    </Block>
  )
}

function Block({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.block}>
      <header className={styles.blockHead}>
        <h2>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  )
}
