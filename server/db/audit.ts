import { createHash } from 'node:crypto'
import type { SqlReader, SqlWriter } from './sql.ts'

/** One row of the audit: ids and codes only, never patient data. */
export type AuditEntry = {
  at: string
  actorId: string | null
  device: string
  action: string
  noun: string
  recordId: string | null
  /** `done`, or the code of the refusal. */
  outcome: string
  detail: Record<string, string | number | boolean | null>
}

/** What the hub only works out again from what is on record: nobody acts (docs/decisions/0016). */
const WORKED_OUT: ReadonlySet<string> = new Set(['waits.estimate'])

/** Whether a command that went through is an act, and so a row. Whatever a person does is one, and every refusal. */
export const isAct = ({ actorId, action }: AuditEntry): boolean => actorId !== null || !WORKED_OUT.has(action)

/** What the first row is chained to. */
const GENESIS = '0'.repeat(64)

/** Chains a row to the one before it; the head is read inside the transaction, never kept in memory. */
export function writeAudit(sql: SqlWriter, entry: AuditEntry): void {
  const head = sql.get<{ id: number; hash: string }>`select id, hash from audit order by id desc limit 1`
  const id = (head?.id ?? 0) + 1
  const { at, actorId, device, action, noun, recordId, outcome } = entry
  const detail = JSON.stringify(entry.detail)
  const hash = chained(head?.hash ?? GENESIS, [id, at, actorId, device, action, noun, recordId, outcome, detail])
  sql.run`insert into audit (id, at, actorId, device, action, noun, recordId, outcome, detail, hash)
    values (${id}, ${at}, ${actorId}, ${device}, ${action}, ${noun}, ${recordId}, ${outcome}, ${detail}, ${hash})`
}

/** So many rows are looked at for the newest instant: whatever was written since a clock was set back is fewer. */
const LOOKED_AT = 20_000

/** The newest instant on record, in milliseconds: no clock that is right is behind it. `0` when there is none. */
export function newestAudit(sql: SqlReader): number {
  const newest = sql.get<{ at: string | null }>`
    select max(at) as at from (select at from audit order by id desc limit ${LOOKED_AT})`
  return newest?.at ? Date.parse(newest.at) : 0
}

type Stored = Omit<AuditEntry, 'detail'> & { id: number; detail: string; hash: string }

/**
 * Walks the chain and answers the first row that does not fit, or the head. A truncated end shows only against the
 * head that is kept outside the database.
 */
export function verifyAudit(sql: SqlReader): { broken: number } | { head: { id: number; hash: string } | null } {
  let before = GENESIS
  let id = 0
  for (;;) {
    const rows = sql.all<Stored>`select * from audit where id > ${id} order by id limit 1000`
    if (rows.length === 0) return { head: id === 0 ? null : { id, hash: before } }
    for (const row of rows) {
      const { at, actorId, device, action, noun, recordId, outcome, detail } = row
      const expected = chained(before, [row.id, at, actorId, device, action, noun, recordId, outcome, detail])
      if (row.id !== id + 1 || row.hash !== expected) return { broken: id + 1 }
      before = row.hash
      id = row.id
    }
  }
}

function chained(before: string, fields: readonly unknown[]): string {
  return createHash('sha256').update(before).update(JSON.stringify(fields)).digest('hex')
}
