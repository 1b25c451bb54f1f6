import type { Visit } from '../../contract/visits.ts'
import type { Reason } from '../../rules/queue-reasons.ts'
import { findRecord } from '../live/store.ts'
import type { Format } from '../ui/formats.ts'
import { t } from '../ui/i18n.ts'

/** Q6: why somebody has this place, in words and without clinical content. */
export function reasonText(reason: Reason, format: Format): string {
  switch (reason.code) {
    case 'level':
      return t('why.level', { level: t(`urgency.${reason.urgency}`) })
    case 'appointment_due':
    case 'not_due':
    case 'away_until':
    case 'skipped_until':
      return t(`why.${reason.code}`, { time: format.time(reason.at) })
    case 'past_maximum_wait':
    case 'waiting':
    case 'late_for_appointment':
      return t(`why.${reason.code}`, { count: reason.minutes })
    case 'walk_in_turn':
    case 'returned':
    case 'untriaged':
    case 'first_look_due':
    case 'unpaid':
      return t(`why.${reason.code}`)
  }
}

/** A reason as it was typed; one that the hub gave itself is a code, and is worded here. */
export const reasonWords = (reason: string): string =>
  t(`hubReason.${reason as 'free_revisit'}`, { defaultValue: reason })

/** Since when a visit is what it is: who waits has waited since they came, whatever was done with them meanwhile. */
export const waitsSince = ({
  status,
  arrivedAt,
  statusAt,
}: Pick<Visit, 'status' | 'arrivedAt' | 'statusAt'>): string =>
  status === 'waiting' || status === 'in_triage' ? arrivedAt : statusAt

/** Whom a visit waits for: a doctor or a pool. */
export function destinationName(visit: Pick<Visit, 'doctorId' | 'poolId'>): string {
  return (
    findRecord('doctors', visit.doctorId)?.displayName ?? findRecord('pools', visit.poolId)?.name ?? t('visit.nowhere')
  )
}

/** What staff call the room; the waiting room is told its public label (S2). */
export const roomName = (roomId: string | null): string => findRecord('rooms', roomId)?.name ?? ''

/** What changed on a visit while somebody was about to change it too. */
export function visitChange(before: unknown, after: unknown): string | undefined {
  const was = before as Visit | undefined
  const is = after as Visit
  const ticket = is.ticket
  if (was && was.doctorId !== is.doctorId) return t('visit.changed.moved', { ticket, to: destinationName(is) })
  if (was && was.urgency !== is.urgency)
    return t('visit.changed.urgency', { ticket, level: t(`urgency.${is.urgency}`) })
  return t('visit.changed.status', { ticket, status: t(`visit.status.${is.status}`) })
}
