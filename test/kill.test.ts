import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { createHub } from '../server/hub.ts'
import { apiClient, signIn } from './support/api-client.ts'
import { PASSWORD } from './support/clinic.ts'
import { type HubProcess, startHubProcess } from './support/hub-process.ts'

const KILLS = 50
const CLIENTS = 8

/** A command on its way: sent again with its key until it is answered, as a console does. */
type Wish = {
  key: string
  body: { id: string; clinicId: string; patientId: string; doctorId: string; serviceId: string }
}

test(`${KILLS} SIGKILLs in the middle of load lose no acknowledged command and repeat none`, {
  timeout: 240_000,
}, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'anteroom-kill-'))
  const world = await prepare(dataDir)
  const answered = new Map<string, { ticket: string }>()
  let unanswered: Wish[] = []
  for (let kill = 0; kill < KILLS; kill++) {
    const hub = await startHubProcess(dataDir)
    unanswered = await loadUntilKilled(hub, world, unanswered, answered, 3 + (kill % 10) * 4)
  }
  const hub = await startHubProcess(dataDir)
  const { token } = await signIn(hub.url, 'desk', PASSWORD)
  for (const wish of unanswered) await send(hub.url, token, wish, answered)
  await hub.stop()
  compare(dataDir, answered)
  expect(answered.size).toBeGreaterThan(KILLS * 5)
  rmSync(dataDir, { recursive: true })
})

/** Sends wishes from several clients; kills the hub after so many answers, with the others in flight. */
async function loadUntilKilled(
  hub: HubProcess,
  world: World,
  first: Wish[],
  answered: Map<string, { ticket: string }>,
  killAfter: number,
): Promise<Wish[]> {
  const { token } = await signIn(hub.url, 'desk', PASSWORD)
  const todo = [...first]
  const open = new Set<Wish>()
  let answers = 0
  let killed: Promise<void> | undefined
  const client = async () => {
    while (!killed) {
      const wish = todo.shift() ?? aWish(world)
      open.add(wish)
      try {
        await send(hub.url, token, wish, answered)
      } catch (error) {
        if (killed) return
        throw error
      }
      open.delete(wish)
      answers++
      if (answers >= killAfter) killed ??= hub.kill()
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  await killed
  return [...open, ...todo]
}

async function send(
  url: string,
  token: string,
  { key, body }: Wish,
  answered: Map<string, { ticket: string }>,
): Promise<void> {
  const response = await fetch(`${url}/api/visits/walk-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'idempotency-key': key },
    body: JSON.stringify(body),
  })
  const answer = (await response.json()) as { visit: { id: string; ticket: string }; alreadyOpen: boolean }
  expect(response.status, JSON.stringify(answer)).toBe(200)
  expect(answer).toMatchObject({ visit: { id: body.id }, alreadyOpen: false })
  answered.set(body.id, { ticket: answer.visit.ticket })
}

function compare(dataDir: string, answered: Map<string, { ticket: string }>): void {
  const db = new Database(join(dataDir, 'anteroom.db'), { readonly: true })
  const visits = db.prepare('select id, ticket from visits').all() as { id: string; ticket: string }[]
  expect(new Map(visits.map(({ id, ticket }) => [id, { ticket }]))).toEqual(answered)
  expect(new Set(visits.map((visit) => visit.ticket)).size).toBe(visits.length)
  const per = (text: string) => db.prepare(text).pluck().get()
  expect(per('select count(*) from charges')).toBe(visits.length)
  expect(per("select count(*) from visitSteps where step = 'walk_in'")).toBe(visits.length)
  expect(per("select count(*) from events where type = 'new_checkin'")).toBe(visits.length)
  expect(per("select count(*) from audit where action = 'visit.walkIn' and outcome = 'done'")).toBeGreaterThanOrEqual(
    visits.length,
  )
  const seqs = db.prepare('select seq from events order by seq').pluck().all()
  expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, index) => index + 1))
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  db.close()
}

type World = { clinicId: string; doctorId: string; serviceId: string; patientIds: string[] }

function aWish({ clinicId, doctorId, serviceId, patientIds }: World): Wish {
  const patientId = patientIds.shift()
  if (!patientId) throw new Error('too few patients for this load')
  return { key: uuidv7(), body: { id: uuidv7(), clinicId, patientId, doctorId, serviceId } }
}

async function prepare(dataDir: string): Promise<World> {
  const hub = await createHub({ dataDir, port: 0, pagesDir: null })
  const clinicId = uuidv7()
  const clinic = { id: clinicId, name: 'Kill', timeZone: 'UTC', currency: 'EUR', language: 'en' } as const
  const administrator = { id: uuidv7(), username: 'admin', displayName: 'Admin', password: PASSWORD }
  await apiClient(hub.url).setup.begin({ body: { clinic, administrator } })
  const { api } = await signIn(hub.url, 'admin', PASSWORD)
  const desk = {
    id: uuidv7(),
    username: 'desk',
    password: PASSWORD,
    displayName: 'Desk',
    roles: ['receptionist' as const],
  }
  await api.users.create({ body: { ...desk, clinicIds: [clinicId] } })
  const doctor = await api.doctors.create({ body: { id: uuidv7(), clinicId, displayName: 'Dr' } })
  const service = await api.services.create({
    body: { id: uuidv7(), clinicId, name: 'Visit', minutes: 10, priceMinor: 100 },
  })
  const patientIds: string[] = []
  for (let chunk = 0; chunk < 5; chunk++) {
    const rows = Array.from({ length: 500 }, (_, index) => ({ id: uuidv7(), familyName: `Load${chunk}-${index}` }))
    await api.patients.importMany({ body: { clinicId, rows } })
    patientIds.push(...rows.map((row) => row.id))
  }
  await hub.close()
  return { clinicId, doctorId: doctor.id, serviceId: service.id, patientIds }
}
