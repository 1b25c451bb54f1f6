/** What of a draft goes once it was sent: what was typed while the answer was on its way is the next one's, and stays. */
export function withoutSent<T extends object>(now: T, sent: T, empty: Partial<T>): T {
  const untouched = Object.entries(empty).filter(([key]) => now[key as keyof T] === sent[key as keyof T])
  return { ...now, ...Object.fromEntries(untouched) }
}
