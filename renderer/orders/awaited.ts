import { useEffect, useMemo } from 'react'
import { create } from 'zustand'
import type { Order } from '../../contract/orders.ts'
import { useClinicId, useToday } from '../live/clinic.ts'
import { useSession } from '../live/session.ts'
import { type Records, useRecords } from '../live/store.ts'
import { t } from '../ui/i18n.ts'
import { toast } from '../ui/toasts.ts'
import { openAwaited } from './commands.tsx'

/** Q1: it has no doctor, or one who is gone or signs in no more: every doctor of the clinic sees to it. */
export function isNobodys({ doctorId }: Pick<Order, 'doctorId'>, { doctors, users }: People): boolean {
  if (doctorId === null) return true
  const doctor = doctors[doctorId]
  // Of another clinic's doctor this page knows nothing.
  return doctor !== undefined && !(doctor.active && users[doctor.userId ?? '']?.active)
}

type People = Pick<Records, 'doctors' | 'users'>

export function usePeople(): People {
  const doctors = useRecords('doctors')
  const users = useRecords('users')
  return useMemo(() => ({ doctors, users }), [doctors, users])
}

/** What this doctor still waits for, of any day, and what is nobody's: what is due first, then what has no day. */
export function useAwaited(): { orders: readonly Order[]; due: number } {
  const clinicId = useClinicId()
  const today = useToday()
  const doctorId = useSession((session) => session.user?.doctorId ?? null)
  const records = useRecords('orders')
  const people = usePeople()
  return useMemo(() => {
    const orders = Object.values(records)
      .filter((order) => order.clinicId === clinicId && isOpen(order))
      .filter((order) => order.doctorId === doctorId || isNobodys(order, people))
      .sort((a, b) => (a.dueOn ?? '9').localeCompare(b.dueOn ?? '9') || (a.id < b.id ? -1 : 1))
    return { orders, due: orders.filter((order) => isDue(order, today)).length }
  }, [records, people, clinicId, doctorId, today])
}

const isOpen = (order: Order) => order.doneAt === null && order.withdrawnAt === null

export const isDue = ({ dueOn }: Order, today: string): boolean => dueOn !== null && today !== '' && dueOn <= today

const useReminded = create<Record<string, true>>(() => ({}))

/** Reminds of what is due: once each clinic day, and when something more becomes due. */
export function useDueReminder() {
  const today = useToday()
  const { orders, due } = useAwaited()
  useEffect(() => {
    if (due === 0) return
    const fresh = orders.filter((order) => isDue(order, today)).map((order) => `${today}.${order.id}`)
    const known = useReminded.getState()
    if (fresh.every((key) => known[key])) return
    useReminded.setState(Object.fromEntries(fresh.map((key) => [key, true as const])))
    toast({
      tone: 'plain',
      subject: 'orders.due',
      text: t('order.dueNow', { count: due }),
      action: { label: t('order.showDue'), run: () => void openAwaited() },
    })
  }, [orders, due, today])
}
