import { afterAll, beforeAll, expect, test } from 'vitest'
import { nouns } from '../../contract/feed.ts'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'
import { resumeFrom } from '../realtime/resume.ts'

let clinic: TestClinic
beforeAll(async () => {
  clinic = await aClinic()
})
afterAll(() => clinic.close())

const read = () => clinic.hub.databases.read
const position = () => read().get<{ seq: number }>`select max(seq) as seq from events`?.seq ?? 0
const feed = () => read().get<{ feed: string }>`select feed from hub`?.feed ?? ''

/** What everybody in the clinic would be told who missed all since then. */
function missed(after: number) {
  const viewer = { rooms: new Set([`clinic_${clinic.clinicId}`]), clinical: false }
  const answer = resumeFrom({ feed: feed(), read: read() }, position(), viewer, { feed: feed(), after })
  if (!('frames' in answer)) throw new Error('a resume was expected')
  return answer.frames.flatMap((frame) => frame.events)
}

test('a record of the commit is kept once, in its own table, and told in full to who missed it', async () => {
  const after = position()
  const visit = await clinic.aVisit()
  const [row] = read().all<{ changes: string }>`
    select changes from events where type = 'queue_updated' and seq > ${after}`
  expect(row?.changes).toBe(JSON.stringify({ visits: [[visit.id, 1]] }))
  const told = missed(after).find(({ type }) => type === 'queue_updated')
  expect(told?.changes).toEqual({ visits: [read().find('visits', visit.id)] })
})

test('a record that has changed since is told by the event that changed it, and by no earlier one', async () => {
  const after = position()
  const visit = await clinic.aVisit()
  const called = await clinic.as.doctor.visits.call({
    params: { id: visit.id },
    body: { version: visit.version, reason: 'asked for' },
  })
  const told = missed(after).flatMap(({ changes }) => (changes.visits ?? []).filter(({ id }) => id === visit.id))
  expect(told.length).toBeGreaterThan(0)
  for (const record of told) expect(record).toEqual(called)
})

test('every noun that is kept by its id is found by an index', () => {
  const { reading } = clinic.hub.databases
  for (const noun of Object.keys(nouns).filter((name) => name !== 'notifications')) {
    const rows = reading.prepare(`explain query plan select * from "${noun}" where id = ?`).all('x')
    expect(JSON.stringify(rows), noun).toContain('SEARCH')
  }
})
