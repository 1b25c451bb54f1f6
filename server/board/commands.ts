import type { Board } from '../../contract/board.ts'
import { Refusal } from '../../contract/errors.ts'
import { dayBounds } from '../../rules/clinic-day.ts'
import { demandClinic, type Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { demandVersion, getRecord } from '../db/get.ts'
import { today } from '../visits/queries.ts'

type NewMessage = { version: number; message: string | null; until: string | null }

const LONGEST_DAYS = 31

/** S4: what the screens say at the bottom. It ends by itself: with the clinic day, or when it is said to. */
export function setMessage(w: W<Person>, clinicId: string, { version, message, until }: NewMessage): Board {
  w.audit({ noun: 'boards', recordId: clinicId })
  demandClinic(w.actor, clinicId)
  const clinic = getRecord(w.sql, 'clinics', clinicId)
  const current = w.sql.find('boards', clinicId)
  if (current) demandVersion(current, version)
  else if (version !== 0) throw new Refusal('not_found', { noun: 'boards' })
  const end = dayBounds(today(clinic, w.now), clinic.timeZone, clinic.settings.dayTurnover).to
  const messageUntil = message === null ? null : (until ?? end)
  if (messageUntil !== null) demandSoon(w.now, messageUntil)
  const next = { id: clinicId, clinicId, message, messageUntil, version: version + 1 }
  const board = current ? w.update('boards', next) : w.insert('boards', next)
  w.record('board_updated', { clinicIds: [clinicId] }, { boards: [board] })
  return board
}

function demandSoon(now: string, until: string): void {
  const ahead = Date.parse(until) - Date.parse(now)
  const refuse = (message: string) => new Refusal('bad_input', { fields: [{ field: 'until', message }] })
  if (ahead <= 0) throw refuse('must be in the future')
  if (ahead > LONGEST_DAYS * 86_400_000) throw refuse(`must be within ${LONGEST_DAYS} days`)
}
