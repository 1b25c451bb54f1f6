import type { SqlReader } from '../db/sql.ts'
import type { Choice } from '../lan/card-listeners.ts'

/** The cards that the hub listens on. */
export function lanChoice(sql: SqlReader): Choice {
  const { lanCards } = sql.get<{ lanCards: string }>`select lanCards from hub` ?? { lanCards: '"all"' }
  return JSON.parse(lanCards) as Choice
}
