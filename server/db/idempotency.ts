import { Refusal } from '../../contract/errors.ts'
import type { SqlReader, SqlWriter } from './sql.ts'

/** One request's claim on a key: the same key answers again, with another body it is refused. */
export type Idempotency = { route: string; key: string; bodyHash: string }

/**
 * What this person was answered under this key, if they were.
 *
 * @throws Refusal `idempotency_mismatch` when it was another request
 */
export function earlierAnswer(
  sql: SqlReader,
  userId: string,
  { route, key, bodyHash }: Idempotency,
): { answer: unknown } | undefined {
  const earlier = sql.get<{ bodyHash: string; answer: string }>`
    select bodyHash, answer from idempotency where userId = ${userId} and key = ${key} and route = ${route}`
  if (!earlier) return undefined
  if (earlier.bodyHash !== bodyHash) throw new Refusal('idempotency_mismatch')
  return { answer: JSON.parse(earlier.answer) as unknown }
}

/** Successes only: what was refused may be tried again. */
export function keepAnswer(
  sql: SqlWriter,
  userId: string,
  { route, key, bodyHash }: Idempotency,
  { value, at }: { value: unknown; at: string },
): void {
  sql.run`insert into idempotency (userId, key, route, bodyHash, answer, at)
    values (${userId}, ${key}, ${route}, ${bodyHash}, ${JSON.stringify(value ?? null)}, ${at})`
}
