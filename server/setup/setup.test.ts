import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiClient, refusal, signIn } from '../../test/support/api-client.ts'
import { createHub, type Hub } from '../hub.ts'

let hub: Hub
const dataDir = mkdtempSync(join(tmpdir(), 'anteroom-setup-'))
beforeAll(async () => {
  hub = await createHub({ dataDir, port: 0, pagesDir: null })
})
afterAll(async () => {
  await hub.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const first = (username: string, clinic: object = {}) => ({
  body: {
    clinic: {
      id: uuidv7(),
      name: 'Green Street',
      timeZone: 'Asia/Dhaka',
      currency: 'BDT',
      language: 'bn' as const,
      ...clinic,
    },
    administrator: { id: uuidv7(), username, displayName: 'Ada', password: 'correct horse' },
  },
})

test('setup: wrong places are refused, and it stays open', async () => {
  const stranger = apiClient(hub.url)
  expect(await stranger.setup.state({})).toEqual({ needed: true })
  for (const clinic of [{ timeZone: 'Mars/Olympus' }, { currency: 'Taka' }, { name: ' ' }])
    await refusal(stranger.setup.begin(first('ada', clinic)), 'bad_input')
  expect(await stranger.setup.state({})).toEqual({ needed: true })
})

test('setup: of three at once one becomes the administrator, the others are told', async () => {
  const begun = ['ada', 'bob', 'eve'].map((name) => apiClient(hub.url).setup.begin(first(name)))
  const outcomes = await Promise.allSettled(begun)
  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
  for (const outcome of outcomes.filter((one) => one.status === 'rejected'))
    await refusal(Promise.reject(outcome.reason), 'already_set_up')
  expect(hub.databases.read.all`select id from users`).toHaveLength(1)
  expect(hub.databases.read.all`select id from clinics`).toHaveLength(1)
})

test('setup: the administrator signs in, in the clinic’s language, and to nothing clinical', async () => {
  const { username } = hub.databases.read.get<{ username: string }>`select username from users` ?? { username: '' }
  const { session, api } = await signIn(hub.url, username, 'correct horse')
  expect(session.user).toMatchObject({ roles: ['administrator'], language: 'bn' })
  expect((await api.clinics.list({})).items).toMatchObject([{ settings: { dayTurnover: '04:00', payBefore: false } }])
  expect(await apiClient(hub.url).setup.state({})).toEqual({ needed: false })
})
