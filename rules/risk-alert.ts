import { type Severity, severity } from '../contract/severity.ts'
import type { Risk } from '../contract/triage.ts'

export function highestAlert(severities: readonly (Severity | null)[]): Severity | null {
  return severity.options.toReversed().find((each) => severities.includes(each)) ?? null
}

/**
 * L2: the alert that new vitals raise, once per episode: `raised` is the highest that the episode has raised so far.
 * One who got worse past a higher threshold raises again.
 */
export function alertToRaise(risk: Pick<Risk, 'alert'>, raised: Severity | null): Severity | null {
  if (risk.alert === null || highestAlert([risk.alert, raised]) === raised) return null
  return risk.alert
}

/**
 * L2: the highest alert that the episode has raised, from all that was taken in it, oldest first; `null` before it began
 * and after it ended.
 */
export function raisedInEpisode(taken: readonly Pick<Risk, 'alert' | 'complete'>[]): Severity | null {
  return taken.reduce<Severity | null>(
    (raised, risk) => (endsEpisode(risk) ? null : highestAlert([raised, risk.alert])),
    null,
  )
}

/** L2: an episode ends with vitals that are below every threshold. Incomplete ones can't tell, and end none. */
export function endsEpisode(risk: Pick<Risk, 'alert' | 'complete'>): boolean {
  return risk.alert === null && risk.complete
}
