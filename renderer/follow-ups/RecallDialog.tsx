import { useTranslation } from 'react-i18next'
import type { FollowUp } from '../../contract/follow-ups.ts'
import type { Patient } from '../../contract/patients.ts'
import { useToday } from '../live/clinic.ts'
import { useMay } from '../live/permission.ts'
import { findRecord, useRecords } from '../live/store.ts'
import styles from '../orders/Orders.module.css'
import { usePatient } from '../patients/use-patient.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { type DataColumn, DataTable } from '../ui/DataTable.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { useFormat } from '../ui/format.ts'
import { listName } from '../ui/patient-name.ts'
import { EmptyState } from '../ui/states.tsx'
import { openBook } from '../visits/open-dialogs.tsx'
import { decideFollowUp } from './commands.tsx'
import { useRecalls } from './recalls.ts'

/** Whom reception phones to come back: booked from here, or noted that they would rather not. */
export function RecallDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const recalls = useRecalls()
  return (
    <Dialog title={t('followUp.listTitle')} size="huge" onClose={onClose}>
      {recalls.length === 0 ? (
        <EmptyState title={t('followUp.empty')} hint={t('followUp.emptyHint')} />
      ) : (
        <RecallTable recalls={recalls} />
      )}
    </Dialog>
  )
}

function RecallTable({ recalls }: { recalls: readonly FollowUp[] }) {
  const { t } = useTranslation()
  const doctors = useRecords('doctors')
  const doctorOf = ({ doctorId }: FollowUp) => doctors[doctorId ?? '']?.displayName
  const reasonOf = ({ reason }: FollowUp) => t(`followUp.reason.${reason}`)
  const columns: DataColumn<FollowUp>[] = [
    { label: t('followUp.byDay'), of: ({ byDay }) => <ByDay day={byDay} />, sortBy: ({ byDay }) => byDay, fit: true },
    {
      label: t('patient.one'),
      of: ({ patientId }) => <Name patientId={patientId} />,
      sortBy: ({ patientId }) => nameOf(findRecord('patients', patientId)),
      head: true,
    },
    { label: t('patient.field.phone'), of: ({ patientId }) => <Phones patientId={patientId} /> },
    { label: t('visit.doctor'), of: doctorOf, sortBy: doctorOf },
    { label: t('followUp.reasonLabel'), of: reasonOf, sortBy: reasonOf },
    { label: t('consultation.actions'), of: (one) => <Decide recall={one} />, fit: true, end: true, unseen: true },
  ]
  return <DataTable label={t('followUp.listTitle')} rows={recalls} keyOf={({ id }) => id} columns={columns} />
}

const nameOf = (patient: Patient | undefined) => (patient ? listName(patient) : undefined)

function ByDay({ day }: { day: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const late = day <= useToday()
  return late ? (
    <span className={styles.due}>{t('order.isDue', { day: format.day(day) })}</span>
  ) : (
    <span>{format.day(day)}</span>
  )
}

function Name({ patientId }: Pick<FollowUp, 'patientId'>) {
  const { t } = useTranslation()
  return nameOf(usePatient(patientId)) ?? t('patient.unknown')
}

function Phones({ patientId }: Pick<FollowUp, 'patientId'>) {
  const { t } = useTranslation()
  const patient = usePatient(patientId)
  return <bdi dir="ltr">{patient?.phones.join(', ') || t('phone.noPhone')}</bdi>
}

function Decide({ recall }: { recall: FollowUp }) {
  const { t } = useTranslation()
  const mayDecide = useMay('followUp.decide')
  const name = nameOf(usePatient(recall.patientId)) ?? t('patient.unknown')
  if (!mayDecide || !recall.patientId) return null
  return (
    <>
      <ActionButton size="compact-xs" mie="xs" run={() => book(recall, name)}>
        {t('arrivals.book')}
        <span className="unseen"> {name}</span>
      </ActionButton>
      <ActionButton
        size="compact-xs"
        run={() => decideFollowUp(recall, { status: 'declined', appointmentId: null }, name)}
      >
        {t('followUp.decline')}
        <span className="unseen"> {name}</span>
      </ActionButton>
    </>
  )
}

/** F6 with what is known already filled in; what comes of it is noted by itself. */
function book(recall: FollowUp, name: string) {
  const { patientId, doctorId, byDay } = recall
  openBook(patientId ?? undefined, {
    ...(doctorId ? { doctorId } : {}),
    date: byDay,
    onBooked: ({ id }) => void decideFollowUp(recall, { status: 'booked', appointmentId: id }, name),
  })
}
