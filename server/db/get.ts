import { Refusal } from '../../contract/errors.ts'
import type { Noun, Nouns } from '../../contract/feed.ts'
import type { SqlReader } from './sql.ts'

/** @throws Refusal `not_found` */
export function getRecord<N extends Noun>(sql: SqlReader, noun: N, id: string): Nouns[N] {
  const record = sql.find(noun, id)
  if (!record) throw new Refusal('not_found', { noun })
  return record
}

/**
 * The record that an update is about (Q10).
 *
 * @throws Refusal `not_found`, or `stale_version` with the record as it is now
 */
export function getVersion<N extends Noun>(sql: SqlReader, noun: N, id: string, version: number): Nouns[N] {
  const current = getRecord(sql, noun, id)
  demandVersion(current, version)
  return current
}

/** @throws Refusal `stale_version` with the record as it is now */
export function demandVersion(current: { version: number }, version: number): void {
  if (current.version !== version) throw new Refusal('stale_version', { current })
}

/** @throws Refusal `already_exists` when a client made this id before. */
export function demandNew(sql: SqlReader, noun: Noun, id: string): void {
  if (sql.find(noun, id)) throw new Refusal('already_exists', { field: 'id' })
}
