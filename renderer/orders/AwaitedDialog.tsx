import { useTranslation } from 'react-i18next'
import type { Order } from '../../contract/orders.ts'
import { navigate } from '../frame/router.ts'
import { useToday } from '../live/clinic.ts'
import { pathOf } from '../patients/commands.tsx'
import { usePatient } from '../patients/use-patient.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { useFormat } from '../ui/format.ts'
import { listName } from '../ui/patient-name.ts'
import sheet from '../ui/Sheet.module.css'
import { EmptyState } from '../ui/states.tsx'
import { isDue, useAwaited } from './awaited.ts'
import { openResult } from './commands.tsx'
import styles from './Orders.module.css'

/** The doctor's results that are not there yet, across days. */
export function AwaitedDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { orders } = useAwaited()
  return (
    <Dialog title={t('order.awaitedTitle')} size="huge" onClose={onClose}>
      {orders.length === 0 ? (
        <EmptyState title={t('order.noneAwaited')} hint={t('order.noneAwaitedHint')} />
      ) : (
        <table className={sheet.table}>
          <thead>
            <tr>
              <th scope="col">{t('patient.one')}</th>
              <th scope="col">{t('order.what')}</th>
              <th scope="col">{t('common.state')}</th>
              <th scope="col">{t('order.orderedOn')}</th>
              <th scope="col">{t('order.dueOn')}</th>
              <th scope="col">
                <span className="unseen">{t('consultation.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {orders.map((order) => (
              <Row key={order.id} order={order} onLeave={onClose} />
            ))}
          </tbody>
        </table>
      )}
    </Dialog>
  )
}

function Row({ order, onLeave }: { order: Order; onLeave: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const today = useToday()
  const patient = usePatient(order.patientId)
  const open = () => {
    if (!order.patientId) return
    onLeave()
    navigate(pathOf(order.patientId))
  }
  const due = isDue(order, today)
  return (
    <tr>
      <th scope="row">
        <button type="button" className={sheet.open} onClick={open} disabled={!order.patientId}>
          {patient ? listName(patient) : t('patient.unknown')}
        </button>
      </th>
      <td>
        <span className="soft">{t(`order.kind.${order.kind}`)}</span> {order.what}
      </td>
      <td>{t(`order.status.${order.status}`)}</td>
      <td className={sheet.fit}>{format.day(format.dayOfInstant(order.orderedAt))}</td>
      <td className={`${sheet.fit} ${due ? styles.due : ''}`}>
        {order.dueOn ? (due ? t('order.isDue', { day: format.day(order.dueOn) }) : format.day(order.dueOn)) : ''}
      </td>
      <td className={`${sheet.fit} ${sheet.end}`}>
        <ActionButton size="compact-xs" run={() => openResult(order)}>
          {t('order.writeResult')}
          <span className="unseen"> {order.what}</span>
        </ActionButton>
      </td>
    </tr>
  )
}
