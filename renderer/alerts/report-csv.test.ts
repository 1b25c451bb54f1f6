import { expect, test } from 'vitest'
import type { AlertAnalytics } from '../../contract/alerts.ts'
import { csvOf } from './report-csv.ts'

const toAcknowledge = { count: 2, median: 60, p90: 180 }
const none = { count: 0, median: null, p90: null }
const all = { raised: 3, escalated: 1, unanswered: 1, toAcknowledge }
const report: AlertAnalytics = {
  ...{ from: '2026-03-09', to: '2026-03-10', all, byKind: [{ kind: 'by_hand', ...all }], bySeverity: [] },
  byHour: [{ hour: 9, ...all }],
  byPerson: [
    { userId: 'a', answered: 1, toAcknowledge },
    { userId: 'b', answered: 1, toAcknowledge },
  ],
  waits: [{ urgency: 'urgent', arrived: 4, looked: 2, toCall: none }],
  arrivals: [],
}

test('L5 every number has its line; a name is text, whatever it begins with', () => {
  const names: Record<string, string> = { a: '=HYPERLINK("x")', b: 'Rao, "Dr"' }
  const lines = csvOf(report, (id) => names[id] ?? '')
    .trimEnd()
    .split('\r\n')
  expect(lines).toContain('alerts,2026-03-09 2026-03-10,3,1,1,2,60,180')
  expect(lines).toContain('kind,by_hand,3,1,1,2,60,180')
  expect(lines).toContain('hour,9,3,1,1,2,60,180')
  expect(lines).toContain(`answered_by,"'=HYPERLINK(""x"")",1,,,2,60,180`)
  expect(lines).toContain('answered_by,"Rao, ""Dr""",1,,,2,60,180')
  expect(lines).toContain('wait,urgent,4,,,0,,')
  expect(lines).toContain('looked_at,urgent,2')
})
