import type { Visit } from '../../contract/visits.ts'
import { balance } from '../../rules/money.ts'
import { isOpen } from '../../rules/transitions.ts'
import type { Records } from '../live/store.ts'
import type { GridItem } from '../ui/GridList.tsx'

export type Section = 'toPay' | 'unpaid' | 'owing'

export type PayItem = GridItem & ({ kind: 'section'; section: Section; count: number } | { kind: 'visit' })

const HEADING = 36
const ROW = 48

/** Who is to pay: first those who wait for it, oldest first; then who is still inside, and who left owing. */
export function payItems(nouns: Pick<Records, 'visits' | 'charges' | 'payments'>, clinicId: string): PayItem[] {
  const charges = Map.groupBy(Object.values(nouns.charges), (charge) => charge.visitId)
  const payments = Map.groupBy(Object.values(nouns.payments), (payment) => payment.visitId ?? '')
  const due = (visit: Visit) => balance(charges.get(visit.id) ?? [], payments.get(visit.id) ?? [])
  const here = Object.values(nouns.visits)
    .filter((visit) => visit.clinicId === clinicId)
    .sort((a, b) => a.statusAt.localeCompare(b.statusAt) || a.id.localeCompare(b.id))
  const waiting = here.filter((visit) => visit.status === 'awaiting_payment')
  const others = here.filter((visit) => visit.status !== 'awaiting_payment' && due(visit) > 0)
  return [
    ...section('toPay', waiting),
    ...section(
      'unpaid',
      others.filter((visit) => isOpen(visit.status)),
    ),
    ...section(
      'owing',
      others.filter((visit) => visit.status === 'completed' || visit.status === 'left'),
    ),
  ]
}

function section(name: Section, visits: readonly Visit[]): PayItem[] {
  if (visits.length === 0) return []
  return [
    { key: name, kind: 'section', heading: true, height: HEADING, section: name, count: visits.length },
    ...visits.map((visit): PayItem => ({ key: visit.id, kind: 'visit', height: ROW })),
  ]
}
