import type { AlertAnalytics, Spread } from '../../contract/alerts.ts'
import { findRecord } from '../live/store.ts'

type Cell = string | number | null

/** L5: every number of a report, one a line: what it is about, of which, and the figures; times in seconds. */
export function csvOf(report: AlertAnalytics, nameOf = personName): string {
  const counted = (part: string, name: Cell, of: AlertAnalytics['all']): Cell[] => [
    ...[part, name, of.raised, of.escalated, of.unanswered],
    ...spread(of.toAcknowledge),
  ]
  const lines: Cell[][] = [
    ['part', 'name', 'count', 'escalated', 'unanswered', 'timed', 'median_seconds', 'p90_seconds'],
    counted('alerts', `${report.from} ${report.to}`, report.all),
    ...report.bySeverity.map(({ severity, ...of }) => counted('severity', severity, of)),
    ...report.byKind.map(({ kind, ...of }) => counted('kind', kind, of)),
    ...report.byHour.map(({ hour, ...of }) => counted('hour', hour, of)),
    ...report.byPerson.map((of) => [
      'answered_by',
      nameOf(of.userId),
      of.answered,
      null,
      null,
      ...spread(of.toAcknowledge),
    ]),
    ...report.waits.map((of) => ['wait', of.urgency, of.arrived, null, null, ...spread(of.toCall)]),
    ...report.waits.map((of) => ['looked_at', of.urgency, of.looked]),
    ...report.arrivals.map((of) => ['arrivals', of.hour, of.arrived, null, null, ...spread(of.toCall)]),
  ]
  return lines
    .map((cells) => cells.map(written).join(','))
    .join('\r\n')
    .concat('\r\n')
}

const spread = ({ count, median, p90 }: Spread): Cell[] => [count, median, p90]

const personName = (id: string): string => findRecord('users', id)?.displayName ?? id

/** A name that begins like a formula would be run by a spreadsheet. */
function written(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** With the mark by which spreadsheets know the letters. */
export function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
