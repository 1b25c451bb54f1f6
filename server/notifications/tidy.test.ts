import { afterEach, beforeEach, expect, test } from 'vitest'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'
import type { W } from '../db/door.ts'
import { notifyDoctor } from './commands.ts'
import { MOST_UNREAD, tidyNotifications } from './tidy.ts'

let clinic: TestClinic
beforeEach(async () => {
  clinic = await aClinic()
  clinic.hub.databases.writing.exec('delete from notifications')
})
afterEach(() => clinic.close())

const hub = { userId: null, sessionId: null, device: 'loopback' }
const write = (command: (w: W) => void) => clinic.hub.door.write(hub, 'test', command)
const tell = (times = 1) =>
  write((w) => {
    for (let count = 0; count < times; count += 1)
      notifyDoctor(w, clinic.doctor.id, { kind: 'schedule_changed', parameters: {} })
  })
const mine = async () => (await clinic.as.doctor.notifications.list({ query: { limit: 1 } })).unread
const rows = () => clinic.hub.databases.read.all<{ at: string; readAt: string | null }>`
  select at, readAt from notifications order by id`

test('S3 kept for 90 days, read or not', async () => {
  await tell()
  const first = clinic.clock.iso()
  clinic.clock.pass(89 * 24 * 60)
  await tell()
  await write(tidyNotifications)
  expect(rows().map((row) => row.at)).toEqual([first, clinic.clock.iso()])
  clinic.clock.pass(2 * 24 * 60)
  await write(tidyNotifications)
  expect(rows()).toHaveLength(1)
  clinic.clock.pass(90 * 24 * 60)
  await write(tidyNotifications)
  expect(rows()).toEqual([])
})

test(`past ${MOST_UNREAD} unread ones the oldest count as read, and stay in the list`, async () => {
  await tell(MOST_UNREAD + 3)
  await write(tidyNotifications)
  expect(await mine()).toBe(MOST_UNREAD)
  const read = rows().map((row) => row.readAt !== null)
  expect(read.slice(0, 4)).toEqual([true, true, true, false])
  expect(read).toHaveLength(MOST_UNREAD + 3)
})
