import { Button, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Patient } from '../../contract/patients.ts'
import type { Visit } from '../../contract/visits.ts'
import { isOpen } from '../../rules/transitions.ts'
import { FilesPart } from '../attachments/FilesPart.tsx'
import { WrittenBefore } from '../consultation/GlancePart.tsx'
import { Link } from '../frame/Link.tsx'
import { navigate } from '../frame/router.ts'
import { api } from '../live/api.ts'
import { useClinicId, useToday } from '../live/clinic.ts'
import { useMay } from '../live/permission.ts'
import { adopt, useLive, useRecord, useRecords } from '../live/store.ts'
import { useRead } from '../live/use-read.ts'
import { useWatchOver } from '../live/use-watch-over.ts'
import { showVisit } from '../today/selection.ts'
import { VitalsOf } from '../triage/VitalsOf.tsx'
import { inARow } from '../ui/direction.ts'
import { useFormat } from '../ui/format.ts'
import { PatientBanner } from '../ui/PatientBanner.tsx'
import sheet from '../ui/Sheet.module.css'
import { Part } from '../ui/Sheet.tsx'
import { EmptyState, FailedState, SkeletonRows } from '../ui/states.tsx'
import { openBook, openWalkIn } from '../visits/open-dialogs.tsx'
import { AllergyLine } from './AllergyLine.tsx'
import { openMerge, pathOf } from './commands.tsx'
import { DuplicateHint } from './DuplicateHint.tsx'
import { useIsRecordOpen } from './open-record.ts'
import { PatientForm } from './PatientForm.tsx'
import { PatientHistory } from './PatientHistory.tsx'
import styles from './PatientsView.module.css'

/** Everything that may be known of one patient, and what can be done. */
export function PatientRecord({ patientId }: { patientId: string }) {
  const read = useCallback(
    (signal: AbortSignal) =>
      api.patients.get({ params: { id: patientId } }, { signal }).then((patient) => {
        adopt({ patients: [patient] })
        return patient.id
      }),
    [patientId],
  )
  const { data, failed, again } = useRead(read)
  const patient = useRecord('patients', patientId)
  const mergedInto = patient?.mergedIntoId ?? (data && data !== patientId ? data : null)
  if (mergedInto) return <Merged winnerId={mergedInto} />
  if (patient) return <OnePatient patient={patient} />
  if (failed) return <FailedState text={failed} onRetry={again} />
  return <SkeletonRows rows={10} />
}

/** P4: the record that lost a merge leads to the one that goes on. */
function Merged({ winnerId }: { winnerId: string }) {
  const { t } = useTranslation()
  return (
    <EmptyState title={t('merge.gone')} hint={t('merge.goneHint')}>
      <Button variant="filled" onClick={() => navigate(pathOf(winnerId))}>
        {t('merge.toWinner')}
      </Button>
    </EmptyState>
  )
}

function OnePatient({ patient }: { patient: Patient }) {
  const { t } = useTranslation()
  const mayOpen = useMay('patient.openRecord')
  const isOpenRecord = useIsRecordOpen(patient.id)
  useWatchOver(patient.id)
  return (
    <div className={styles.page}>
      <PatientBanner patient={patient} />
      <Actions patient={patient} />
      <DuplicateHint patient={patient} />
      <div className={styles.columns}>
        <div className={styles.column}>
          <PatientForm patient={patient} />
        </div>
        <div className={styles.column}>
          {mayOpen && (
            <Part title={t('allergies.title')}>
              <AllergyLine patientId={patient.id} />
            </Part>
          )}
          {mayOpen && isOpenRecord && <Written patient={patient} />}
          <ToCome patientId={patient.id} />
          <Part title={t('history.title')}>
            <PatientHistory patientId={patient.id} merges />
          </Part>
        </div>
      </div>
    </div>
  )
}

/** What those who care for patients have written; a nurse attaches to the visit of today from here. */
function Written({ patient }: { patient: Patient }) {
  const { t } = useTranslation()
  const visit = useOpenVisit(patient.id)
  return (
    <>
      <Part title={t('triage.vitals')}>
        <VitalsOf patientId={patient.id} />
      </Part>
      {visit && <FilesPart visit={visit} />}
      <WrittenBefore patientId={patient.id} />
    </>
  )
}

const useOpenVisit = (patientId: string): Visit | undefined =>
  useLive((state) =>
    Object.values(state.nouns.visits).find((visit) => visit.patientId === patientId && isOpen(visit.status)),
  )

function Actions({ patient }: { patient: Patient }) {
  const { t } = useTranslation()
  const mayCheckIn = useMay('visit.checkIn')
  const mayBook = useMay('appointment.book')
  const mayMerge = useMay('patient.merge')
  const openVisit = useOpenVisit(patient.id)
  return (
    <div className={styles.actions} role="toolbar" aria-label={t('visit.actions')}>
      {openVisit ? (
        <Button
          size="xs"
          variant="filled"
          onClick={() => {
            showVisit(openVisit.id)
            navigate('/today')
          }}
        >
          {t('patients.isHere', { ticket: openVisit.ticket })}
        </Button>
      ) : (
        mayCheckIn && (
          <Button
            size="xs"
            variant={patient.deceasedOn ? 'default' : 'filled'}
            onClick={() => openWalkIn(patient.id)}
            rightSection={<kbd>F4</kbd>}
          >
            {t('arrivals.walkIn')}
          </Button>
        )
      )}
      {mayBook && (
        <Button size="xs" onClick={() => openBook(patient.id)} rightSection={<kbd>F6</kbd>}>
          {t('arrivals.book')}
        </Button>
      )}
      {mayMerge && (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button size="xs" px="sm" aria-label={t('common.more')} title={t('common.more')}>
              <IconDots size={16} stroke={1.75} aria-hidden />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => void openMerge(patient.id)}>{t('merge.open')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  )
}

/** The appointments to come. */
function ToCome({ patientId }: { patientId: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const clinicId = useClinicId()
  const today = useToday()
  const doctors = useRecords('doctors')
  const services = useRecords('services')
  const read = useCallback(
    (signal: AbortSignal) =>
      api.appointments.list({ query: { clinicId, patientId, limit: 200 } }, { signal }).then(({ items }) => {
        adopt({ appointments: items })
        return true
      }),
    [clinicId, patientId],
  )
  const { data, failed, again } = useRead(read)
  const items = Object.values(useRecords('appointments'))
    .filter(
      (each) =>
        each.patientId === patientId && each.day >= today && (each.status === 'booked' || each.status === 'confirmed'),
    )
    .sort((a, b) => a.startsAt.localeCompare(b.startsAt))
  return (
    <Part title={t('patients.toCome')}>
      {failed && items.length === 0 ? (
        <FailedState text={failed} onRetry={again} />
      ) : !data && items.length === 0 ? (
        <SkeletonRows rows={1} />
      ) : items.length === 0 ? (
        <p className="soft">{t('patients.noneToCome')}</p>
      ) : (
        <ul>
          {items.map((item) => (
            <li key={item.id}>
              <Link to={`/appointments/${item.day}`} className={sheet.open}>
                {format.dateAndTime(item.startsAt)}
              </Link>{' '}
              <span className="soft">
                {inARow([doctors[item.doctorId]?.displayName, services[item.serviceId]?.name])}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Part>
  )
}
