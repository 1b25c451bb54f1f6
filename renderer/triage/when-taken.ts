import type { TriageRecord } from '../../contract/triage.ts'
import type { Format } from '../ui/formats.ts'

/** T3: a score of another day is never read as one of today: its day stands with its time. @param now in milliseconds */
export function whenTaken({ takenAt }: Pick<TriageRecord, 'takenAt'>, now: number, format: Format): string {
  const today = format.dayOfInstant(takenAt) === format.dayOfInstant(now)
  return today ? format.time(takenAt) : format.dateAndTime(takenAt)
}
