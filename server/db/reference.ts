import type { Noun, Nouns } from '../../contract/feed.ts'
import type { SqlWriter } from './sql.ts'

/** What nearly every command looks up and hardly any changes. */
const REFERENCE: ReadonlySet<Noun> = new Set(['clinics', 'doctors', 'pools', 'services', 'rooms', 'users'])

/**
 * The writing connection's tags with these records remembered: it is the only writer, so what it has read stays true
 * until it writes. A check-in reads its clinic three times; without this each is a query and a settings text to parse.
 * Records are never changed in place, so that one copy can serve everybody.
 */
export function withReferences(sql: SqlWriter) {
  const known = new Map<string, Nouns[Noun]>()
  const find = <N extends Noun>(noun: N, id: string): Nouns[N] | undefined => {
    if (!REFERENCE.has(noun)) return sql.find(noun, id)
    const key = `${noun} ${id}`
    const record = (known.get(key) as Nouns[N] | undefined) ?? sql.find(noun, id)
    if (record) known.set(key, record)
    return record
  }
  return {
    sql: { ...sql, find },
    /** A record was written. */
    written: (noun: Noun, id: string) => {
      known.delete(`${noun} ${id}`)
    },
    /** What was written may have been taken back. */
    forget: () => known.clear(),
  }
}
