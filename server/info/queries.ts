import type { SqlReader } from '../db/sql.ts'

/** What the hub is called on the network: as its first clinic is. */
export function clinicName(sql: SqlReader): string {
  return sql.get<{ name: string }>`select name from clinics order by rowid limit 1`?.name ?? 'Anteroom'
}
