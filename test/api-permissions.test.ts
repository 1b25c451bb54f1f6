import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { errors } from '../contract/errors.ts'
import { clinicalNouns } from '../contract/feed.ts'
import { type Access, mayDo, permissions, type Role, role } from '../contract/permissions.ts'
import { signIn } from './support/api-client.ts'
import { type Input, inputOf, type KnownIds, type Route, routes, send } from './support/api-input.ts'
import { aClinic, PASSWORD, type TestClinic } from './support/clinic.ts'
import { oneOfEach } from './support/one-of-each.ts'

let clinic: TestClinic
let known: KnownIds
beforeAll(async () => {
  clinic = await aClinic()
  known = {
    ...(await oneOfEach(clinic)),
    users: [clinic.people.nurse.session.user.id],
    queue: [clinic.doctor.id],
  }
})
afterAll(() => clinic.close())

const everyCase = routes.flatMap((route) => [...role.options, 'nobody' as const].map((who) => ({ route, who })))
const dummy = (route: Route, ids: KnownIds, seed = 1): Input =>
  fc.sample(inputOf(route, ids, { minimal: true }), { numRuns: 1, seed })[0] as Input

/** Signing out would end the session that the next case needs. */
async function tokenOf(who: Role | 'nobody', route: Route): Promise<string | undefined> {
  if (who === 'nobody') return undefined
  return route.name === 'auth.logout' ? (await signIn(clinic.hub.url, who, PASSWORD)).token : clinic.people[who].token
}

describe.each(routes.map((route) => ({ name: route.name, route })))('$name', ({ route }) => {
  const { permission } = route.meta
  test.each(everyCase.filter((one) => one.route === route).map(({ who }) => ({ who })))(
    `${permission}: $who`,
    async ({ who }) => {
      // The clinic is one's own, the other records are not there: who may is asked first.
      const own = [clinic.clinicId]
      const input = dummy(route, { clinicId: own, clinics: own, boards: own, queue: own })
      const { status, code } = await send(clinic.hub.url, route, input, await tokenOf(who, route))
      const may = permission === 'public' || (who !== 'nobody' && mayCall(who, permission))
      if (permission === 'public') expect(code).not.toBe('forbidden')
      else if (permission === 'device') expect({ status, code }).toEqual({ status: 403, code: 'not_paired' })
      else if (who === 'nobody') expect({ status, code }).toEqual({ status: 401, code: 'not_signed_in' })
      else if (!may) expect({ status, code }).toEqual({ status: 403, code: 'forbidden' })
      else expect(['not_signed_in', 'forbidden']).not.toContain(code)
      expect(status).not.toBe(500)
    },
  )
})

/** Nobody may what is for a paired computer: these requests come from the hub's own. */
function mayCall(who: Role, permission: Exclude<Access, 'public'>): boolean {
  if (permission === 'device') return false
  return permission === 'signedIn' || mayDo([who], permission)
}

const always = [
  'not_paired',
  'bad_input',
  'not_signed_in',
  'forbidden',
  'internal',
  'idempotency_mismatch',
  'unavailable',
]

describe.each(role.options)('as a %s, about records that are there', (who) => {
  const clinical = who === 'nurse' || who === 'doctor'
  const tried = routes.filter((route) => route.meta.permission !== 'public' && route.name !== 'auth.logout')

  test.each(tried)('$name answers with nothing that is not theirs to see', async (route) => {
    for (let seed = 1; seed <= 2; seed++) {
      const answer = await send(clinic.hub.url, route, dummy(route, known, seed), clinic.people[who].token)
      expect(answer.status).not.toBe(500)
      if (answer.status >= 400) expect([...route.errors, ...always]).toContain(answer.code)
      if (!clinical) expect(clinicalKeys(answer.body)).toEqual([])
    }
  })
})

/** Every key, at any depth, that names clinical content. */
function clinicalKeys(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  const hidden: string[] = [
    ...clinicalNouns,
    'dangerSigns',
    'substance',
    'reaction',
    'medicine',
    'diagnoses',
    'sha256',
    'vitals',
    'risk',
  ]
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(hidden.includes(key) && !Array.isArray(value) ? [key] : []),
    ...clinicalKeys(inner),
  ])
}

test('the trial itself is right: a doctor does see the keys that others must not', async () => {
  const route = routes.find((one) => one.name === 'feed.snapshot') as Route
  const answer = await send(clinic.hub.url, route, dummy(route, known), clinic.people.doctor.token)
  expect(clinicalKeys(answer.body)).toContain('alertReasons')
  expect(clinicalKeys(answer.body)).toContain('dangerSigns')
})

test('every permission guards something, and somebody has it', () => {
  const used = new Set(routes.map((route) => route.meta.permission))
  const inside = ['appointment.overbook', 'visit.triage', 'visit.lowerUrgency', 'visit.settle', 'money.waive']
  for (const [permission, roles] of Object.entries(permissions)) {
    expect(roles.length, permission).toBeGreaterThan(0)
    expect([...used, ...inside], permission).toContain(permission)
  }
})

test('who works in several roles may what any of them may, and sees what any of them sees', async () => {
  const { api } = await signIn(clinic.hub.url, 'anybody', PASSWORD)
  const { data } = await api.feed.snapshot({ params: { id: clinic.clinicId } })
  expect(data.alertReasons?.length).toBeGreaterThan(0)
  await api.audit.list({ query: {} })
  expect(mayDo(['cashier', 'nurse'], 'money.refund')).toBe(true)
  expect(mayDo(['nurse'], 'money.refund')).toBe(false)
})

test('every refusal has its status from the one table', () => {
  for (const [code, { status }] of Object.entries(errors)) expect(status, code).toBeGreaterThanOrEqual(400)
})
