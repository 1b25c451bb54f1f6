import { useSecond } from '../live/clock.ts'
import { clockText } from './clock-text.ts'

/** A running clock since an instant, minutes and seconds; from an hour on, hours too. */
export function Running({ since, className }: { since: string; className?: string | undefined }) {
  return (
    <span className={className} aria-hidden="true">
      {clockText(Math.max(0, Math.floor((useSecond() - Date.parse(since)) / 1000)))}
    </span>
  )
}
