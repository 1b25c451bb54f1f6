import { useMemo } from 'react'
import type { Visit } from '../../contract/visits.ts'
import { useRecord, useRecords } from '../live/store.ts'
import { moneyOf } from './money-of-visit.ts'

export type FamilyDue = { parts: readonly { visit: Visit; balanceMinor: number }[]; totalMinor: number }

/** Q12: this visit and those of its family that have something to pay, and what that is together. Minor units. */
export function useFamilyDue(visitId: string): FamilyDue {
  const familyId = useRecord('visits', visitId)?.familyId ?? null
  const visits = useRecords('visits')
  const charges = useRecords('charges')
  const payments = useRecords('payments')
  return useMemo(() => {
    const family = familyId === null ? [] : Object.values(visits).filter((visit) => visit.familyId === familyId)
    const parts = family
      .map((visit) => ({ visit, balanceMinor: moneyOf({ charges, payments }, visit.id).balanceMinor }))
      .filter(({ visit, balanceMinor }) => balanceMinor > 0 && visit.status !== 'cancelled')
      .sort((a, b) => a.visit.ticket.localeCompare(b.visit.ticket))
    return { parts, totalMinor: parts.reduce((sum, part) => sum + part.balanceMinor, 0) }
  }, [familyId, visits, charges, payments])
}
