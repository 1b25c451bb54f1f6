import { useTranslation } from 'react-i18next'
import type { Order } from '../../contract/orders.ts'
import { navigate } from '../frame/router.ts'
import { useToday } from '../live/clinic.ts'
import { findRecord } from '../live/store.ts'
import { pathOf } from '../patients/commands.tsx'
import { usePatient } from '../patients/use-patient.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { type DataColumn, DataTable } from '../ui/DataTable.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { useFormat } from '../ui/format.ts'
import { listName } from '../ui/patient-name.ts'
import { EmptyState } from '../ui/states.tsx'
import { isDue, isNobodys, useAwaited, usePeople } from './awaited.ts'
import { openResult } from './commands.tsx'
import styles from './Orders.module.css'

/** The results that are not there yet, across days: the doctor's own, and those that have no doctor. */
export function AwaitedDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { orders } = useAwaited()
  return (
    <Dialog title={t('order.awaitedTitle')} size="huge" onClose={onClose}>
      {orders.length === 0 ? (
        <EmptyState title={t('order.noneAwaited')} hint={t('order.noneAwaitedHint')} />
      ) : (
        <AwaitedTable orders={orders} onLeave={onClose} />
      )}
    </Dialog>
  )
}

function AwaitedTable({ orders, onLeave }: { orders: readonly Order[]; onLeave: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const today = useToday()
  const open = ({ patientId }: Order) => {
    if (!patientId) return undefined
    return () => {
      onLeave()
      navigate(pathOf(patientId))
    }
  }
  const stateOf = ({ status }: Order) => t(`order.status.${status}`)
  const columns: DataColumn<Order>[] = [
    {
      label: t('patient.one'),
      of: ({ patientId }) => <PatientOf id={patientId} />,
      sortBy: ({ patientId }) => nameOf(patientId),
      open,
      head: true,
    },
    { label: t('order.what'), of: (order) => <What order={order} />, sortBy: ({ what }) => what },
    { label: t('common.state'), of: stateOf, sortBy: stateOf },
    {
      label: t('order.doctor'),
      of: (order) => <WhoseIsIt order={order} />,
      sortBy: ({ doctorId }) => doctorOf(doctorId),
    },
    {
      label: t('order.orderedOn'),
      of: ({ orderedAt }) => format.day(format.dayOfInstant(orderedAt)),
      sortBy: ({ orderedAt }) => orderedAt,
      fit: true,
    },
    {
      label: t('order.dueOn'),
      of: (order) => <DueOn day={order.dueOn} due={isDue(order, today)} />,
      sortBy: ({ dueOn }) => dueOn,
      fit: true,
    },
    {
      label: t('consultation.actions'),
      of: (order) => <WriteResult order={order} />,
      fit: true,
      end: true,
      unseen: true,
    },
  ]
  return <DataTable label={t('order.awaitedTitle')} rows={orders} keyOf={({ id }) => id} columns={columns} />
}

const nameOf = (patientId: string | null) => {
  const patient = findRecord('patients', patientId)
  return patient && listName(patient)
}

function PatientOf({ id }: { id: string | null }) {
  const { t } = useTranslation()
  const patient = usePatient(id)
  return patient ? listName(patient) : t('patient.unknown')
}

function What({ order: { kind, what } }: { order: Order }) {
  const { t } = useTranslation()
  return (
    <>
      <span className="soft">{t(`order.kind.${kind}`)}</span> {what}
    </>
  )
}

const doctorOf = (doctorId: string | null) => findRecord('doctors', doctorId)?.displayName

/** Q1: what has no doctor any more is everybody's to see to, and says so. */
function WhoseIsIt({ order }: { order: Order }) {
  const { t } = useTranslation()
  const nobodys = isNobodys(order, usePeople())
  const name = doctorOf(order.doctorId)
  if (!nobodys) return name ?? null
  return <span className={styles.due}>{name ? t('order.nobodysWas', { name }) : t('order.nobodys')}</span>
}

function DueOn({ day, due }: { day: string | null; due: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!day) return null
  return due ? (
    <span className={styles.due}>{t('order.isDue', { day: format.day(day) })}</span>
  ) : (
    <span>{format.day(day)}</span>
  )
}

function WriteResult({ order }: { order: Order }) {
  const { t } = useTranslation()
  return (
    <ActionButton size="compact-xs" run={() => openResult(order)}>
      {t('order.writeResult')}
      <span className="unseen"> {order.what}</span>
    </ActionButton>
  )
}
