import { useState } from 'react'
import { useLive } from '../live/store.ts'
import { useHere } from '../ui/use-here.ts'

/** What most people came for today, among the consultations; before anybody came, the plainest one. */
export function useUsualService(): string | null {
  const consultations = useHere('services').filter((service) => service.isConsultation)
  const [cameFor] = useState(countToday)
  const [usual] = consultations.toSorted(
    (a, b) => (cameFor.get(b.id) ?? 0) - (cameFor.get(a.id) ?? 0) || a.priceMinor - b.priceMinor,
  )
  return usual?.id ?? null
}

/** Counted once, when a dialog opens: its first choice must not change under the hand. */
function countToday(): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { serviceId } of Object.values(useLive.getState().nouns.visits))
    if (serviceId) counts.set(serviceId, (counts.get(serviceId) ?? 0) + 1)
  return counts
}
