import { useTranslation } from 'react-i18next'
import type { FollowUp } from '../../contract/follow-ups.ts'
import { useToday } from '../live/clinic.ts'
import { useMay } from '../live/permission.ts'
import { useRecord } from '../live/store.ts'
import styles from '../orders/Orders.module.css'
import { usePatient } from '../patients/use-patient.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { useFormat } from '../ui/format.ts'
import { listName } from '../ui/patient-name.ts'
import sheet from '../ui/Sheet.module.css'
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
        <table className={sheet.table}>
          <thead>
            <tr>
              <th scope="col">{t('followUp.byDay')}</th>
              <th scope="col">{t('patient.one')}</th>
              <th scope="col">{t('patient.field.phone')}</th>
              <th scope="col">{t('visit.doctor')}</th>
              <th scope="col">{t('followUp.reasonLabel')}</th>
              <th scope="col">
                <span className="unseen">{t('consultation.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {recalls.map((one) => (
              <Row key={one.id} recall={one} />
            ))}
          </tbody>
        </table>
      )}
    </Dialog>
  )
}

function Row({ recall }: { recall: FollowUp }) {
  const { t } = useTranslation()
  const format = useFormat()
  const today = useToday()
  const mayDecide = useMay('followUp.decide')
  const patient = usePatient(recall.patientId)
  const doctor = useRecord('doctors', recall.doctorId)
  const name = patient ? listName(patient) : t('patient.unknown')
  const late = recall.byDay <= today
  return (
    <tr>
      <td className={`${sheet.fit} ${late ? styles.due : ''}`}>
        {late ? t('order.isDue', { day: format.day(recall.byDay) }) : format.day(recall.byDay)}
      </td>
      <th scope="row">{name}</th>
      <td dir="ltr">{patient?.phones.join(', ') || t('phone.noPhone')}</td>
      <td>{doctor?.displayName}</td>
      <td>{t(`followUp.reason.${recall.reason}`)}</td>
      <td className={`${sheet.fit} ${sheet.end}`}>
        {mayDecide && recall.patientId && (
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
        )}
      </td>
    </tr>
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
