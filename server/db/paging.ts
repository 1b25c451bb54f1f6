/** One page of rows of which one more was asked for than is shown; `cursor` is where the next one begins. */
export function paged<T>(
  rows: T[],
  limit: number,
  cursorOf: (last: T) => string,
): { items: T[]; cursor: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, cursor: rows.length > limit && last ? cursorOf(last) : null }
}
