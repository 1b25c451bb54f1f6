export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS

/**
 * An ISO-8601 instant as milliseconds since the epoch.
 * Throws RangeError when the text is no instant: a NaN would sort anywhere without being noticed.
 */
export function instantMs(instant: string): number {
  const ms = Date.parse(instant)
  if (Number.isNaN(ms)) throw new RangeError(`Not an instant: ${instant}`)
  return ms
}

/** Milliseconds since the epoch as the ISO-8601 UTC instant with milliseconds that the whole project uses. */
export function isoInstant(ms: number): string {
  return new Date(ms).toISOString()
}
