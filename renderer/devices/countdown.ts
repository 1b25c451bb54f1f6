/** 9:41 of so many seconds. */
export function minutesAndSeconds(seconds: number): string {
  const left = Math.max(0, seconds)
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`
}
