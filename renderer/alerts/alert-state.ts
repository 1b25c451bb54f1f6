import type { Alert, AlertKind } from '../../contract/alerts.ts'
import type { Me } from '../../contract/auth.ts'
import type { AlertLevels, NotificationLevel } from '../../contract/notifications.ts'
import type { Severity } from '../../contract/severity.ts'

/** L3: nobody has said what became of it. */
export const isOpen = (alert: Alert): boolean => alert.resolvedAt === null

/** L3: nobody comes yet. */
export const isUnanswered = (alert: Alert): boolean => isOpen(alert) && alert.acknowledgedAt === null

/** It is of one of their clinics, or of the whole hub. */
export const concerns = ({ scope, clinicId }: Alert, user: Pick<Me, 'clinicIds'> | null | undefined): boolean =>
  scope === 'hospital' || (user?.clinicIds.includes(clinicId) ?? false)

/** L3: it asks this person to come; whoever was asked before it climbed still is. */
export function asksMe(alert: Alert, user: Pick<Me, 'roles' | 'clinicIds'> | null | undefined): boolean {
  if (!user || !isUnanswered(alert) || !concerns(alert, user)) return false
  if (alert.asked === 'everybody' || user.roles.includes('nurse')) return true
  return alert.asked === 'doctor' && user.roles.includes('doctor')
}

/** L3: a critical one goes to others than who raised it. */
export const mayAnswer = (alert: Alert, user: Pick<Me, 'id'> | null | undefined): boolean =>
  isUnanswered(alert) && (alert.severity !== 'critical' || alert.raisedById !== user?.id)

export const GRAVITY = { critical: 0, warning: 1, info: 2 } as const satisfies Record<Severity, number>

/** Unanswered first, the gravest before the others, and of these whoever has waited for longest. */
export function inOrder(alerts: readonly Alert[]): Alert[] {
  return alerts.toSorted(
    (one, other) =>
      Number(isUnanswered(other)) - Number(isUnanswered(one)) ||
      GRAVITY[one.severity] - GRAVITY[other.severity] ||
      one.raisedAt.localeCompare(other.raisedAt),
  )
}

/** The banner's: those that ask this person and can't be muted (L4). */
export function callsForMe(alerts: Readonly<Record<string, Alert>>, user: Me | null | undefined): Alert[] {
  return inOrder(Object.values(alerts).filter((alert) => alert.severity === 'critical' && asksMe(alert, user)))
}

/** One call for each patient, however many alerts there are of them; what is told to all stands by itself. */
export function byPatient(alerts: readonly Alert[]): Alert[][] {
  return [...Map.groupBy(alerts, ({ id, visitId }) => visitId ?? id).values()]
}

/**
 * L4: how somebody whom an alert asks is told: as they have chosen, but nobody mutes a critical one or an emergency. A kind
 * that they may not know counts as raised by hand.
 */
export function howToTell(
  severity: Severity,
  kind: AlertKind = 'by_hand',
  chosen: AlertLevels | undefined = undefined,
): NotificationLevel {
  if (severity === 'critical' || kind === 'emergency') return 'sound'
  return chosen?.[kind][severity] ?? 'pop_up'
}
