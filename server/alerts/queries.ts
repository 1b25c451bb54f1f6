import type { AboutWhom, Alert, AlertKind, AlertStep } from '../../contract/alerts.ts'
import { Refusal } from '../../contract/errors.ts'
import type { Changes } from '../../contract/feed.ts'
import type { Severity } from '../../contract/severity.ts'
import { dayBounds } from '../../rules/clinic-day.ts'
import { demandClinic, type Person } from '../auth/person.ts'
import { getRecord } from '../db/get.ts'
import { paged } from '../db/paging.ts'
import { fromRows } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'

/** L3: clinicians see all of their clinics' alerts; others what has come to every screen, and what they raised. */
export function maySee(person: Person, { scope, clinicId, asked, raisedById }: Alert): boolean {
  if (scope === 'hospital') return true
  if (!person.clinicIds.includes(clinicId)) return false
  return person.clinical || asked === 'everybody' || raisedById === person.userId
}

/** Those of today's visits, and all that are still open; with the whole hub's. */
export function alertsOnScreen(sql: SqlReader, person: Person, clinicId: string, visitIds: readonly string[]): Changes {
  const ids = JSON.stringify(visitIds)
  const rows = sql.all`select * from alerts where clinicId = ${clinicId} and resolvedAt is null
    union select * from alerts where resolvedAt is null and scope = 'hospital'
    union select a.* from json_each(${ids}) i join alerts a on a.visitId = i.value`
  const alerts = fromRows('alerts', rows).filter((alert) => maySee(person, alert))
  return { alerts, ...whyOf(sql, person, alerts) }
}

/** Why, and what became of them: to those who may know. */
export function whyOf(
  sql: SqlReader,
  person: Person,
  alerts: readonly Alert[],
): Pick<Changes, 'alertReasons' | 'alertOutcomes'> {
  if (!person.clinical) return {}
  const ids = JSON.stringify(alerts.map(({ id }) => id))
  return {
    alertReasons: fromRows(
      'alertReasons',
      sql.all`select r.* from json_each(${ids}) i join alertReasons r on r.id = i.value`,
    ),
    alertOutcomes: fromRows(
      'alertOutcomes',
      sql.all`select o.* from json_each(${ids}) i join alertOutcomes o on o.id = i.value`,
    ),
  }
}

type Filter = {
  clinicId: string
  open?: boolean | undefined
  severity?: Severity | undefined
  kind?: AlertKind | undefined
  personId?: string | undefined
  from?: string | undefined
  to?: string | undefined
  limit: number
  cursor?: string | undefined
}

/** Newest first. @throws Refusal `forbidden` when somebody asks by kind who may not know it */
export function listAlerts(sql: SqlReader, person: Person, filter: Filter) {
  const { clinicId, open = false, severity = null, kind = null, personId = null, limit, cursor = LAST } = filter
  demandClinic(person, clinicId)
  if (kind !== null && !person.clinical) throw new Refusal('forbidden')
  const { timeZone, settings } = getRecord(sql, 'clinics', clinicId)
  const bounds = (day: string) => dayBounds(day, timeZone, settings.dayTurnover)
  const from = filter.from ? bounds(filter.from).from : ''
  const to = filter.to ? bounds(filter.to).to : LAST
  const rows = sql.all`
    select a.* from alerts a join alertReasons r on r.id = a.id
    where a.clinicId = ${clinicId} and a.raisedAt >= ${from} and a.raisedAt < ${to} and a.raisedAt <= ${cursor}
    and a.raisedAt || a.id < ${cursor} and (${open} = 0 or a.resolvedAt is null)
    and (${severity} is null or a.severity = ${severity}) and (${kind} is null or r.kind = ${kind})
    and (${person.clinical} or a.asked = 'everybody' or a.raisedById = ${person.userId})
    and (${personId} is null or exists (select 1 from alertSteps s where s.alertId = a.id and s.actorId = ${personId}))
    order by a.raisedAt desc, a.id desc limit ${limit + 1}`
  const page = paged(fromRows('alerts', rows), limit, (last) => last.raisedAt + last.id)
  return { ...page, ...whyOf(sql, person, page.items), ...aboutWhom(sql, person, page.items) }
}

/** L3: a name stands beside an alert for clinicians alone. */
function aboutWhom(sql: SqlReader, { clinical }: Person, alerts: readonly Alert[]): { about?: AboutWhom[] } {
  if (!clinical) return {}
  const ids = JSON.stringify(alerts.map(({ id }) => id))
  const about = sql.all<AboutWhom>`
    select a.id, p.id as patientId, p.familyName, p.givenName from json_each(${ids}) i
    join alerts a on a.id = i.value join visits v on v.id = a.visitId join patients p on p.id = v.patientId`
  return { about }
}

/** Behind every instant. */
const LAST = '~'

/** @throws Refusal `not_found`, also for one that the person does not see */
export function stepsOf(sql: SqlReader, person: Person, id: string): AlertStep[] {
  if (!maySee(person, getRecord(sql, 'alerts', id))) throw new Refusal('not_found', { noun: 'alerts' })
  return sql.all<AlertStep>`select * from alertSteps where alertId = ${id} order by at, id`
}
