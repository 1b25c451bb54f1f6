import { expect, test } from 'vitest'
import type { AlertAnalytics } from '../../contract/alerts.ts'
import { peakOf, saidOf } from '../ui/plot-options.ts'
import { plotsOf } from './report-plots.ts'

const none = { count: 0, median: null, p90: null }
const hours = Array.from({ length: 24 }, (_none, hour) => hour)
const counted = (raised: number, toAcknowledge = none as AlertAnalytics['all']['toAcknowledge']) => ({
  ...{ raised, escalated: 0, unanswered: 0, toAcknowledge },
})
const report: AlertAnalytics = {
  ...{ from: '2026-03-03', to: '2026-03-09', all: counted(3), byKind: [], byPerson: [] },
  bySeverity: [
    { severity: 'critical', ...counted(2, { count: 2, median: 60, p90: 150 }) },
    { severity: 'warning', ...counted(1) },
  ],
  byHour: hours.map((hour) => ({ hour, ...counted(hour === 9 ? 3 : 0) })),
  waits: [{ urgency: 'urgent', arrived: 4, looked: 3, toCall: { count: 3, median: 600, p90: 4000 } }],
  arrivals: hours.map((hour) => ({ hour, arrived: hour === 8 ? 4 : 0, toCall: none })),
}
const plots = plotsOf(report, {
  ...{ raised: 'Raised', arrived: 'Arrived', median: 'Median', p90: '90% within' },
  severity: (severity) => `severity ${severity}`,
  urgency: (urgency) => `level ${urgency}`,
})

test('L5 the numbers of a report are drawn as they are counted, each called by its hour, severity or level', () => {
  expect(saidOf(plots.raisedByHour, 9)).toBe('09:00 · Raised 3')
  expect(saidOf(plots.arrivals, 8)).toBe('08:00 · Arrived 4')
  expect(saidOf(plots.answeredBySeverity, 0)).toBe('severity critical · Median 1:00 · 90% within 2:30')
  expect(saidOf(plots.waits, 0)).toBe('level urgent · Median 10:00 · 90% within 1:06:40')
})

test('nobody timed is no time, not a time of nothing', () => {
  expect(saidOf(plots.answeredBySeverity, 1)).toBe('severity warning · –')
  expect(peakOf(plots.waitsByHour)).toBeUndefined()
  expect(peakOf(plots.raisedByHour)).toBe('09:00 · Raised 3')
})
