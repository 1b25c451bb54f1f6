import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Role, role } from '../../contract/permissions.ts'
import { well } from '../../test/support/acts.ts'
import { refusal } from '../../test/support/api-client.ts'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'

let clinic: TestClinic
beforeAll(async () => {
  clinic = await aClinic()
})
afterAll(() => clinic.close())

const list = () => clinic.as.nurse.rulePacks.list({ query: { clinicId: clinic.clinicId } })
const sign = (by: Role, version: number, signedBy: string, clinicId = clinic.clinicId) =>
  clinic.as[by].rulePacks.choose({
    params: { id: clinicId },
    body: { version, packs: [news2], signedBy, signedOn: '2026-03-09' },
  })
const choose = (version: number, packs: { id: string; version: string }[], signedOn = '2026-03-09') =>
  clinic.as.administrator.rulePacks.choose({
    params: { id: clinic.clinicId },
    body: { version, packs, signedBy: 'Dr Chen', signedOn },
  })
const predict = () =>
  clinic.as.nurse.risk.predict({
    body: { clinicId: clinic.clinicId, vitals: { ...well, pulse: 140 }, ageMonths: 480, pregnancy: 'no' },
  })
const news2 = { id: 'news2', version: '2017' }

test('T4 before a clinician signed, every installed pack is in force', async () => {
  const { installed, choice, inForce, missing } = await list()
  expect(choice).toBeNull()
  expect(inForce).toEqual(installed.map(({ id, version }) => ({ id, version })))
  expect(missing).toEqual([])
})

test('T4 what was signed, by whom and when, is in force from then on, and what was not is not', async () => {
  const { installed } = await list()
  const others = installed.filter(({ kind }) => kind === 'levels').map(({ id, version }) => ({ id, version }))
  const first = await choose(0, others)
  expect(first).toMatchObject({ signedBy: 'Dr Chen', signedOn: '2026-03-09', version: 1 })
  expect((await predict()).risk).toMatchObject({ score: null, level: null })
  await choose(1, [...others, news2])
  expect((await predict()).risk).toMatchObject({ score: { total: 3 }, level: 'urgent' })
  expect((await list()).inForce).toContainEqual(news2)
  expect(
    (await clinic.as.receptionist.feed.snapshot({ params: { id: clinic.clinicId } })).data.rulePackChoices,
  ).toHaveLength(1)
})

test('T4 a pack that is not installed, one twice, and a signature of tomorrow are refused by name', async () => {
  const field = async (choosing: Promise<unknown>) =>
    ((await refusal(choosing, 'bad_input')).data as { fields: { field: string }[] }).fields[0]?.field
  expect(await field(choose(2, [{ id: 'news2', version: '2031' }]))).toBe('packs.0')
  expect(await field(choose(2, [news2, news2]))).toBe('packs.1')
  expect(await field(choose(2, [news2], '2026-03-10'))).toBe('signedOn')
  await refusal(choose(1, [news2]), 'stale_version')
})

test('T4 a doctor of the clinic signs in their own name, and an administrator records whose signature is on the paper', async () => {
  const { version } = (await list()).choice ?? { version: 0 }
  for (const by of role.options.filter((one) => one !== 'administrator' && one !== 'doctor'))
    await refusal(sign(by, version, 'Dr Chen'), 'forbidden')
  const elsewhere = uuidv7()
  const zone = { timeZone: 'UTC', currency: 'EUR', language: 'en' } as const
  await clinic.as.administrator.clinics.create({ body: { id: elsewhere, name: 'Elsewhere', ...zone } })
  await refusal(sign('doctor', 0, 'Dr Chen', elsewhere), 'forbidden')
  for (const name of ['Dr Rao', 'administrator', 'dr chen']) {
    const { data } = await refusal(sign('doctor', version, name), 'bad_input')
    expect((data as { fields: { field: string }[] }).fields[0]?.field).toBe('signedBy')
  }
  expect((await list()).choice?.version).toBe(version)
  const signed = { signedBy: 'Dr Chen', recordedById: clinic.people.doctor.session.user.id }
  expect(await sign('doctor', version, 'Dr Chen')).toMatchObject(signed)
  expect(await sign('administrator', version + 1, 'Dr Rao')).toMatchObject({ signedBy: 'Dr Rao' })
})
