import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Role } from '../../contract/permissions.ts'
import { refusal, signIn } from '../../test/support/api-client.ts'
import { aClinic, PASSWORD, type TestClinic } from '../../test/support/clinic.ts'
import { readChanges } from '../db/outbox.ts'

let clinic: TestClinic
beforeAll(async () => {
  clinic = await aClinic()
})
afterAll(() => clinic.close())

const aUser = (username: string, fields: { roles?: Role[]; password?: string } = {}) =>
  clinic.as.administrator.users.create({
    body: {
      id: uuidv7(),
      username,
      displayName: username,
      password: PASSWORD,
      roles: ['nurse'],
      clinicIds: [clinic.clinicId],
      ...fields,
    },
  })
const update = (user: Awaited<ReturnType<typeof aUser>>, fields: object) => {
  const { id, username: _, ...rest } = user
  return clinic.as.administrator.users.update({ params: { id }, body: { ...rest, ...fields } })
}

test('the last administrator can be neither disabled nor demoted', async () => {
  const { items } = await clinic.as.administrator.users.list({})
  const last = items.find((user) => user.username === 'administrator') as (typeof items)[0]
  expect((await refusal(update(last, { active: false }), 'in_use')).data).toEqual({ by: 'last_administrator' })
  await refusal(update(last, { roles: ['doctor'] }), 'in_use')
  const second = await aUser('second', { roles: ['administrator'] })
  const demoted = await update(last, { displayName: 'Ada', roles: ['administrator', 'nurse'] })
  expect(demoted.roles).toEqual(['administrator', 'nurse'])
  await update(second, { active: false })
  await refusal(update(demoted, { active: false }), 'in_use')
})

test('a name is taken once, whatever its case; a password has eight characters', async () => {
  expect((await refusal(aUser('NURSE'), 'already_exists')).data).toEqual({ field: 'username' })
  await refusal(aUser('short', { password: '1234567' }), 'bad_input')
  await refusal(aUser('no spaces'), 'bad_input')
})

test('people choose the language of their own pages, and nobody else’s (U7)', async () => {
  const before = await aUser('layla')
  const layla = await signIn(clinic.hub.url, 'layla', PASSWORD)
  const chosen = await layla.api.users.setMyLanguage({ body: { language: 'ar' } })
  expect(chosen).toEqual({ ...before, language: 'ar', version: before.version + 1 })
  expect((await layla.api.auth.me({})).language).toBe('ar')
  expect(await layla.api.users.setMyLanguage({ body: { language: 'ar' } })).toEqual(chosen)
  const others = (await layla.api.users.list({})).items.filter(({ id }) => id !== before.id)
  expect(new Set(others.map(({ language }) => language))).toEqual(new Set(['en']))
  const last = clinic.hub.databases.read.get<{ type: string; changes: string }>`
    select type, changes from events order by seq desc limit 1`
  expect([last?.type, readChanges(clinic.hub.databases.read, last?.changes ?? '')]).toEqual([
    'user_updated',
    { users: [chosen] },
  ])
})

test('no password, PIN or hash of one is ever answered', async () => {
  const { items } = await clinic.as.cashier.users.list({})
  expect(Object.keys(items[0] ?? {}).sort()).toEqual(
    ['active', 'clinicIds', 'displayName', 'id', 'language', 'roles', 'username', 'version'].sort(),
  )
})
