import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import type { Alert, AlertStep } from '../contract/alerts.ts'
import { createHub } from '../server/hub.ts'
import { apiClient, signIn } from './support/api-client.ts'
import { PASSWORD } from './support/clinic.ts'
import { startHubProcess } from './support/hub-process.ts'

/** How long the hub may take to notice, beside what it was told, in milliseconds. */
const TOLERANCE_MS = 3_000
/** What is left until it is due when the hub comes back, in milliseconds. */
const LEFT_MS = 4_000

test('L3 the hub is killed between alert and escalation: it escalates once, on time', { timeout: 60_000 }, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'anteroom-alert-kill-'))
  const clinicId = await prepare(dataDir)
  const first = await startHubProcess(dataDir)
  const { api } = await signIn(first.url, 'desk', PASSWORD)
  await Promise.all(['nurse', 'doctor'].map((name) => signIn(first.url, name, PASSWORD)))
  const { visit } = await api.visits.emergency({ body: { id: uuidv7(), clinicId } })
  const body = { clinicId, scope: 'patient', severity: 'critical', visitId: visit.id, topic: 'worse' } as const
  const alert = await api.alerts.raise({ body: { ...body, id: uuidv7() } })
  expect(alert.asked).toBe('nurse')
  await first.kill()
  // The minute passes quicker: the row says when it is due, and nothing else does.
  const dueAt = new Date(Date.now() + LEFT_MS).toISOString()
  const db = new Database(join(dataDir, 'anteroom.db'))
  db.prepare('update alerts set dueAt = ? where id = ?').run(dueAt, alert.id)
  const second = await startHubProcess(dataDir)
  expect(stepsOf(db, alert).map(({ step }) => step)).toEqual(['raised'])
  await expect.poll(() => stepsOf(db, alert).length, { timeout: LEFT_MS + TOLERANCE_MS * 2, interval: 50 }).toBe(2)
  await second.kill()
  const third = await startHubProcess(dataDir)
  await third.stop()
  const [, escalated, ...more] = stepsOf(db, alert)
  expect(escalated).toMatchObject({ step: 'escalated', asked: 'doctor', actorId: null })
  const late = Date.parse(escalated?.at ?? '') - Date.parse(dueAt)
  expect(late).toBeGreaterThanOrEqual(0)
  expect(late).toBeLessThan(TOLERANCE_MS)
  expect(more).toEqual([])
  const told = db.prepare("select count(*) from events where type = 'alert_escalated'").pluck().get()
  expect(told).toBe(1)
  db.close()
  rmSync(dataDir, { recursive: true })
})

function stepsOf(db: Database.Database, { id }: Pick<Alert, 'id'>): AlertStep[] {
  return db.prepare('select * from alertSteps where alertId = ? order by at, id').all(id) as AlertStep[]
}

async function prepare(dataDir: string): Promise<string> {
  const hub = await createHub({ dataDir, port: 0, pagesDir: null })
  const clinicId = uuidv7()
  const clinic = { id: clinicId, name: 'Kill', timeZone: 'UTC', currency: 'EUR', language: 'en' } as const
  const administrator = { id: uuidv7(), username: 'admin', displayName: 'Admin', password: PASSWORD }
  await apiClient(hub.url).setup.begin({ body: { clinic, administrator } })
  const { api } = await signIn(hub.url, 'admin', PASSWORD)
  const people = { desk: 'receptionist', nurse: 'nurse', doctor: 'doctor' } as const
  for (const [username, role] of Object.entries(people))
    await api.users.create({
      body: { id: uuidv7(), username, password: PASSWORD, displayName: username, roles: [role], clinicIds: [clinicId] },
    })
  await hub.close()
  return clinicId
}
