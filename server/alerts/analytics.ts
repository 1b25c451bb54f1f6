import { type Alert, type AlertAnalytics, type AlertKind, alertKind, type Spread } from '../../contract/alerts.ts'
import type { Clinic } from '../../contract/clinics.ts'
import { severity } from '../../contract/severity.ts'
import { type Urgency, urgency } from '../../contract/visits.ts'
import { dayBounds, localTime } from '../../rules/clinic-day.ts'
import { getRecord } from '../db/get.ts'
import type { SqlReader } from '../db/sql.ts'
import type { AnalyticsQuery } from './analyst.ts'

type AlertRow = Pick<Alert, 'severity' | 'raisedAt' | 'acknowledgedAt'> & {
  kind: AlertKind
  escalated: number
  answeredAt: string | null
  answeredById: string | null
}
type VisitRow = { urgency: Urgency; arrivedAt: string; lookedAt: string | null; reachedAt: string | null }

/** L5: alerts and triage between two clinic days, both with. */
export function analyticsOf(sql: SqlReader, query: AnalyticsQuery): AlertAnalytics {
  const clinic = getRecord(sql, 'clinics', query.clinicId)
  const rows = alertsBetween(sql, clinic, query)
  const visits = visitsBetween(sql, query)
  const hourOfAlert = byHour(rows, ({ raisedAt }) => raisedAt, clinic.timeZone)
  const hourOfVisit = byHour(visits, ({ arrivedAt }) => arrivedAt, clinic.timeZone)
  return {
    from: query.from,
    to: query.to,
    all: countOf(rows),
    byKind: alertKind.options.map((kind) => ({ kind, ...countOf(rows.filter((row) => row.kind === kind)) })),
    bySeverity: severity.options.map((one) => ({
      severity: one,
      ...countOf(rows.filter((row) => row.severity === one)),
    })),
    byHour: hourOfAlert.map((within, hour) => ({ hour, ...countOf(within) })),
    byPerson: personsOf(rows),
    waits: urgency.options.map((level) =>
      waitsOf(
        level,
        visits.filter((visit) => visit.urgency === level),
      ),
    ),
    arrivals: hourOfVisit.map((within, hour) => ({ hour, arrived: within.length, toCall: toCallOf(within) })),
  }
}

function alertsBetween(sql: SqlReader, { id, timeZone, settings }: Clinic, { from, to }: AnalyticsQuery): AlertRow[] {
  const begin = dayBounds(from, timeZone, settings.dayTurnover).from
  const end = dayBounds(to, timeZone, settings.dayTurnover).to
  return sql.all<AlertRow>`
    select a.severity, a.raisedAt, a.acknowledgedAt, r.kind,
      exists (select 1 from alertSteps s where s.alertId = a.id and s.step = 'escalated') as escalated,
      first.at as answeredAt, first.actorId as answeredById
    from alerts a join alertReasons r on r.id = a.id
    left join alertSteps first on first.id = (select s.id from alertSteps s
      where s.alertId = a.id and s.step = 'acknowledged' order by s.at, s.id limit 1)
    where a.clinicId = ${id} and a.raisedAt >= ${begin} and a.raisedAt < ${end}`
}

/** What ended in a merge was another's stay (P4). */
function visitsBetween(sql: SqlReader, { clinicId, from, to }: AnalyticsQuery): VisitRow[] {
  return sql.all<VisitRow>`
    select urgency, arrivedAt, lookedAt, coalesce(calledAt, consultationStartedAt) as reachedAt from visits
    where clinicId = ${clinicId} and day >= ${from} and day <= ${to} and mergedIntoId is null`
}

function countOf(rows: readonly AlertRow[]): AlertAnalytics['all'] {
  return {
    raised: rows.length,
    escalated: rows.filter((row) => row.escalated === 1).length,
    unanswered: rows.filter((row) => row.answeredAt === null).length,
    toAcknowledge: spreadOf(rows.map((row) => secondsBetween(row.raisedAt, row.answeredAt))),
  }
}

function personsOf(rows: readonly AlertRow[]): AlertAnalytics['byPerson'] {
  const people = Map.groupBy(
    rows.filter((row) => row.answeredById !== null),
    (row) => row.answeredById ?? '',
  )
  return [...people]
    .map(([userId, mine]) => ({
      userId,
      answered: mine.length,
      toAcknowledge: spreadOf(mine.map((row) => secondsBetween(row.raisedAt, row.answeredAt))),
    }))
    .sort((one, other) => other.answered - one.answered || (one.userId < other.userId ? -1 : 1))
}

function waitsOf(level: Urgency, visits: readonly VisitRow[]): AlertAnalytics['waits'][number] {
  const looked = visits.filter((visit) => visit.lookedAt !== null).length
  return { urgency: level, arrived: visits.length, looked, toCall: toCallOf(visits) }
}

const toCallOf = (visits: readonly VisitRow[]): Spread =>
  spreadOf(visits.map((visit) => secondsBetween(visit.arrivedAt, visit.reachedAt)))

function byHour<Row>(rows: readonly Row[], at: (row: Row) => string, timeZone: string): Row[][] {
  const hours: Row[][] = Array.from({ length: 24 }, () => [])
  for (const row of rows) hours[Number(localTime(at(row), timeZone).slice(0, 2))]?.push(row)
  return hours
}

/** Whole seconds; `null` while it has no end. */
function secondsBetween(from: string, to: string | null): number | null {
  return to === null ? null : Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000))
}

/** Nearest rank: of few values a percentile is one of them, and nothing that nobody waited. */
export function spreadOf(values: readonly (number | null)[]): Spread {
  const known = values.filter((value) => value !== null).sort((one, other) => one - other)
  const rank = (share: number) => known[Math.max(0, Math.ceil(share * known.length) - 1)] ?? null
  return { count: known.length, median: rank(0.5), p90: rank(0.9) }
}
