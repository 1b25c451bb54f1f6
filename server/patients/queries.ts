import type { Patient } from '../../contract/patients.ts'
import { clinicDay } from '../../rules/clinic-day.ts'
import { asciiDigits } from '../../rules/digits.ts'
import { likelyDuplicate } from '../../rules/duplicates.ts'
import { foldLoose, phoneDigits, searchTokens } from '../../rules/patient-names.ts'
import { formatTicket, parseTicket } from '../../rules/ticket.ts'
import { paged } from '../db/paging.ts'
import { fromRows } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'
import { livingRecord } from './commands.ts'
import { numberOf, rowOf } from './search-index.ts'
import { birthDateIn } from './typed-date.ts'

type Search = { q: string; clinicId?: string | undefined; limit: number; cursor?: string | undefined }

/**
 * P2: one box for name parts in any order, phone digits, patient and card numbers, today's ticket, a date of birth.
 * The newest patients first; a record that lost a merge is found, and shown as its winner (P4).
 */
export function searchPatients(sql: SqlReader, search: Search, now: string) {
  const { limit } = search
  const before = Number(search.cursor ?? Number.MAX_SAFE_INTEGER)
  const rows = matchingRows(sql, search.q, before, limit + 1)
  const byTicket = search.cursor ? [] : ticketHolder(sql, search, now)
  const page = paged(rows, limit, (row) => String(row.row))
  const found = [...byTicket, ...patientsOfRows(sql, page.items)]
  const living = found.map((patient) => (patient.mergedIntoId ? livingRecord(sql, patient.id) : patient))
  return { items: [...new Map(living.map((patient) => [patient.id, patient])).values()], cursor: page.cursor }
}

type Row = { row: number }

function matchingRows(sql: SqlReader, q: string, before: number, limit: number): Row[] {
  const words = searchTokens(q)
  // Without any words simply the newest. Patients are never deleted, so the row grows with the number.
  if (words.length === 0 && q.trim() === '')
    return sql.all<{
      number: string
    }>`select number from patients where rowid < ${before} order by rowid desc limit ${limit}`.map(({ number }) => ({
      row: rowOf(number),
    }))
  const match = matchOf(q, words)
  if (match === '') return []
  return sql.all<Row>`
    select rowid as row from patientSearch where patientSearch match ${match} and rowid < ${before}
    order by rowid desc limit ${limit}`
}

/** The full-text question: every word must be there, as the beginning of one; quotes keep FTS5's own words out. */
export function matchOf(q: string, words: string[] = searchTokens(q)): string {
  const date = birthDateIn(q)
  if (date) return `birthDate : "${date.replaceAll('-', '')}"`
  const phone = phoneDigits(q)
  if (phone.length >= 4 && /^[\d\s()+.-]+$/.test(asciiDigits(q.trim()))) return phoneMatch(phone)
  const match = words.map(wordMatch).join(' AND ')
  // A number is written with letters too: P-000412, BD 77-19.
  return words.length > 1 && words.some((word) => /\d/.test(word))
    ? `(${match}) OR numbers : "${words.join('')}" *`
    : match
}

/** With a country's code it is also the number without, by the digits that every way of writing it ends in. */
function phoneMatch(digits: string): string {
  const match = `{digits numbers} : "${digits}" *`
  return digits.length > 10 ? `${match} OR digits : "${digits.slice(-9)}" *` : match
}

function wordMatch(word: string): string {
  if (/^\d+$/.test(word)) return `{digits numbers} : "${word}" *`
  if (/\d/.test(word)) return `{names numbers} : "${word}" *`
  const loose = foldLoose(word)
  return loose === word || loose === '' ? `names : "${word}" *` : `(names : "${word}" * OR names : "${loose}" *)`
}

function patientsOfRows(sql: SqlReader, rows: Row[]): Patient[] {
  const numbers = JSON.stringify(rows.map(({ row }) => numberOf(row)))
  const found = fromRows(
    'patients',
    sql.all`select p.* from json_each(${numbers}) n join patients p on p.number = n.value`,
  )
  return found.sort((a, b) => rowOf(b.number) - rowOf(a.number))
}

function ticketHolder(sql: SqlReader, { q, clinicId }: Search, now: string): Patient[] {
  const ticket = parseTicket(q)
  if (!ticket || !clinicId) return []
  const clinic = sql.find('clinics', clinicId)
  if (!clinic) return []
  const day = clinicDay(now, clinic.timeZone, clinic.settings.dayTurnover)
  const name = formatTicket(ticket.letter, ticket.number)
  return fromRows(
    'patients',
    sql.all`select p.* from visits v join patients p on p.id = v.patientId
      where v.clinicId = ${clinicId} and v.day = ${day} and substr(v.ticket, 2) = ${name.slice(1)} and v.ticket = ${name}`,
  )
}

type Likely = {
  familyName: string
  givenName: string
  birthDate?: string | undefined
  phone?: string | undefined
  identifier?: string | undefined
}

const MOST_CANDIDATES = 300

/** P3: who may already be the person that is about to be registered, likeliest first. */
export function findDuplicates(sql: SqlReader, typed: Likely) {
  const person = {
    name: `${typed.familyName} ${typed.givenName}`,
    birthDate: typed.birthDate ?? null,
    birthDateEstimated: false,
    phones: typed.phone ? [typed.phone] : [],
    identifiers: typed.identifier ? [typed.identifier] : [],
  }
  return candidates(sql, typed)
    .flatMap((patient) => {
      const { familyName, givenName, birthDate, birthDateEstimated, phones, identifiers, number } = patient
      const known = { name: `${familyName} ${givenName}`, birthDate, birthDateEstimated, phones }
      const ids = [number, ...identifiers.map((one) => one.value)]
      const likeness = likelyDuplicate(person, { ...known, identifiers: ids })
      return likeness ? [{ patient, ...likeness }] : []
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, 10)
}

/** Whoever shares the beginning of a name, the phone, an identifier or the date of birth. */
function candidates(sql: SqlReader, typed: Likely): Patient[] {
  const beginnings = searchTokens(`${typed.familyName} ${typed.givenName}`)
    .filter((word) => !/\d/.test(word))
    .map((word) => `names : "${[...word].slice(0, 3).join('')}" *`)
  const numbers = searchTokens(typed.identifier ?? '')
  const others = [phoneDigits(typed.phone ?? '').slice(-9), ...numbers, numbers.join('')]
    .filter((text) => text.length >= 4)
    .map((text) => `{digits numbers} : "${text}" *`)
  const match = [...others, ...beginnings].join(' OR ')
  const rows = match
    ? sql.all<Row>`select rowid as row from patientSearch where patientSearch match ${match} order by rank limit ${MOST_CANDIDATES}`
    : []
  const sameDay = typed.birthDate
    ? fromRows(
        'patients',
        sql.all`select * from patients where birthDate = ${typed.birthDate} limit ${MOST_CANDIDATES}`,
      )
    : []
  const all = [...patientsOfRows(sql, rows), ...sameDay].filter((patient) => patient.mergedIntoId === null)
  return [...new Map(all.map((patient) => [patient.id, patient])).values()]
}
