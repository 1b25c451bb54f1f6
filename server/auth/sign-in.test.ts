import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSigner } from 'fast-jwt'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SignedIn } from '../../contract/auth.ts'
import type { Role } from '../../contract/permissions.ts'
import { apiClient, refusal, signIn } from '../../test/support/api-client.ts'
import { aClinic, PASSWORD, type TestClinic } from '../../test/support/clinic.ts'

let clinic: TestClinic
beforeAll(async () => {
  clinic = await aClinic()
})
afterAll(() => clinic.close())

type Window = { session: SignedIn; cookie: string }

/** A request as a page sends it, with its cookies. */
async function post(path: string, body: object, { cookie = '', token = '' } = {}) {
  const headers: Record<string, string> = { 'content-type': 'application/json', cookie }
  if (token) headers.authorization = `Bearer ${token}`
  const response = await fetch(`${clinic.hub.url}/api/auth/${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  const set = response.headers.getSetCookie().map((each) => each.split(';')[0] ?? '')
  return { status: response.status, body: (await response.json()) as SignedIn & { code: string }, set, response }
}
async function open(username: string, password = PASSWORD): Promise<Window> {
  const { session, cookie } = await signIn(clinic.hub.url, username, password)
  return { session, cookie }
}
const refresh = ({ session, cookie }: Window) => post('refresh', { sessionId: session.sessionId }, { cookie })
const nextOf = async (window: Window): Promise<Window> => {
  const { body, set } = await refresh(window)
  return { session: body, cookie: set[0] ?? '' }
}
const works = async (token: string) => {
  const response = await fetch(`${clinic.hub.url}/api/auth/me`, { headers: { authorization: `Bearer ${token}` } })
  return response.status === 200
}
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

describe('signing in', () => {
  test('answers who it is, a token for ten minutes, and a cookie that scripts and other sites cannot have', async () => {
    const { body, response } = await post('login', { username: ' Nurse ', password: PASSWORD })
    expect(body.user).toMatchObject({ username: 'nurse', roles: ['nurse'], hasPin: false, doctorId: null })
    expect(Date.parse(body.expiresAt) - Date.now()).toBeGreaterThan(9 * 60_000)
    expect(Date.parse(body.expiresAt) - Date.now()).toBeLessThanOrEqual(10 * 60_000)
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        new RegExp(
          `^rt_${clinic.hub.hubId}_${body.sessionId}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/api/auth; Max`,
        ),
      ),
    ])
    expect(JSON.stringify(body)).not.toContain(response.headers.getSetCookie()[0]?.split(/[=;]/)[1])
  })

  test('a wrong password and an unknown name get the same answer', async () => {
    const wrong = await post('login', { username: 'nurse', password: 'not this one' })
    const unknown = await post('login', { username: 'nobody-here', password: 'not this one' })
    expect([wrong.status, wrong.body]).toEqual([401, unknown.body])
    expect(wrong.body.code).toBe('wrong_credentials')
    expect([wrong.set, unknown.set]).toEqual([[], []])
  })

  test('and in the same time: the password is worked on although there is no such name', async () => {
    const timed = async (username: string) => {
      const started = performance.now()
      await post('login', { username, password: 'not this one' })
      return performance.now() - started
    }
    const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] }
    for (let round = 0; round < 3; round++) {
      times.known.push(await timed('cashier'))
      times.unknown.push(await timed(`nobody-${round}`))
    }
    // The quickest of each: working on it costs some ten milliseconds, not doing so less than two.
    expect(Math.min(...times.unknown)).toBeGreaterThan(Math.min(...times.known) / 3)
  })

  test('guessing is slowed down, for that account alone, also with the right password meanwhile', async () => {
    await aUser('guessed')
    const answers: string[] = []
    for (let guess = 0; guess < 7; guess++)
      answers.push((await post('login', { username: 'guessed', password: `guess ${guess}` })).body.code)
    expect(answers).toEqual([...Array(5).fill('wrong_credentials'), 'too_many', 'too_many'])
    const { status, body } = await post('login', { username: 'GUESSED', password: PASSWORD })
    expect([status, body.code]).toEqual([429, 'too_many'])
    expect((await post('login', { username: 'doctor', password: PASSWORD })).status).toBe(200)
  })

  test('guesses that arrive at once do not slip through together', async () => {
    await aUser('rushed')
    const guesses = Array.from({ length: 12 }, (_, guess) =>
      post('login', { username: 'rushed', password: `guess ${guess}` }),
    )
    const codes = (await Promise.all(guesses)).map(({ body }) => body.code)
    expect(codes.filter((code) => code === 'wrong_credentials').length).toBeLessThanOrEqual(5)
    await post('login', { username: 'doctor', password: PASSWORD }) // the station is forgiven
  })
})

describe('refreshing', () => {
  test('gives a new token each time, from this session’s own cookie only', async () => {
    const window = await open('nurse')
    const next = await nextOf(window)
    expect(next.session.sessionId).toBe(window.session.sessionId)
    expect(next.cookie).not.toBe(window.cookie)
    expect(await works(next.session.accessToken)).toBe(true)
    const other = await open('nurse')
    for (const cookie of ['', other.cookie]) expect((await refresh({ ...window, cookie })).status).toBe(401)
    const forged = `${window.cookie.split('=')[0]}=${other.cookie.split('=')[1]}`
    expect((await refresh({ ...window, cookie: forged })).status).toBe(401)
  })

  test('strangers who know a session, but hold none of its tokens, buy no row of the audit', async () => {
    const window = await open('nurse')
    const rows = () => clinic.hub.databases.reading.prepare('select count(*) from audit').pluck().get()
    const before = rows()
    const cookie = `${window.cookie.split('=')[0]}=made-up`
    for (let count = 0; count < 5; count++) expect((await refresh({ ...window, cookie })).status).toBe(401)
    expect(rows()).toBe(before)
    expect((await refresh(window)).status).toBe(200)
  })

  test('a predecessor still serves until its successor is used', async () => {
    const first = await open('nurse')
    const second = await nextOf(first)
    expect((await refresh(first)).status).toBe(200)
    expect((await refresh(second)).status).toBe(200)
    expect((await refresh(first)).status).toBe(401)
  })

  test('later reuse ends the session, whoever does it', async () => {
    const first = await open('nurse')
    const third = await nextOf(await nextOf(first))
    expect((await refresh(first)).body.code).toBe('not_signed_in')
    expect((await refresh(third)).status).toBe(401)
    expect(await works(third.session.accessToken)).toBe(false)
    const row = clinic.hub.databases.read.get`
      select 1 from audit where recordId = ${first.session.sessionId} and outcome = 'reused_token'`
    expect(row).toBeDefined()
  })

  test('a predecessor serves 30 seconds at most', async () => {
    const first = await open('nurse')
    const second = await nextOf(first)
    const past = new Date(Date.now() - 31_000).toISOString()
    const { writing } = clinic.hub.databases
    writing
      .prepare('update refreshTokens set replacedAt = ? where sessionId = ? and replacedAt is not null')
      .run(past, first.session.sessionId)
    expect((await refresh(first)).status).toBe(401)
    expect((await refresh(second)).status).toBe(401)
  })

  test('a copied token that is used to unlock ends the session too', async () => {
    const first = await open('nurse')
    const third = await nextOf(await nextOf(first))
    const { sessionId } = first.session
    expect((await post('unlock', { sessionId, secret: PASSWORD }, { cookie: first.cookie })).status).toBe(401)
    expect((await refresh(third)).status).toBe(401)
  })

  test('tokens are kept as hashes only', async () => {
    const window = await open('nurse')
    const rows = clinic.hub.databases.read.all`select * from refreshTokens`
    expect(JSON.stringify(rows)).not.toContain(window.cookie.split('=')[1])
  })
})

test('two windows on one cookie jar are two people, and leave one by one', async () => {
  const [nurse, doctor] = [await open('nurse'), await open('doctor')]
  const jar = `${nurse.cookie}; ${doctor.cookie}`
  const again = await Promise.all([refresh({ ...nurse, cookie: jar }), refresh({ ...doctor, cookie: jar })])
  expect(again.map(({ body }) => body.user.username)).toEqual(['nurse', 'doctor'])
  const out = await post('logout', {}, { token: nurse.session.accessToken, cookie: jar })
  expect(out.set).toEqual([`${nurse.cookie.split('=')[0]}=`])
  expect(await works(nurse.session.accessToken)).toBe(false)
  expect((await refresh(nurse)).status).toBe(401)
  expect(await works(doctor.session.accessToken)).toBe(true)
})

describe('a locked screen', () => {
  test('opens for the same person by password or PIN, and not by another’s', async () => {
    const window = await open('receptionist')
    const { sessionId, accessToken } = window.session
    const me = apiClient(clinic.hub.url, () => ({ authorization: `Bearer ${accessToken}` }))
    await refusal(me.auth.changePassword({ body: { current: 'wrong', pin: '4711' } }), 'wrong_credentials')
    await me.auth.changePassword({ body: { current: PASSWORD, pin: '4711' } })
    expect((await post('unlock', { sessionId, secret: '4712' }, window)).status).toBe(401)
    const byPin = await post('unlock', { sessionId, secret: '4711' }, window)
    expect(byPin.body).toMatchObject({ sessionId, user: { username: 'receptionist', hasPin: true } })
    const byPassword = await post('unlock', { sessionId, secret: PASSWORD }, { cookie: byPin.set[0] ?? '' })
    expect(byPassword.body.sessionId).toBe(sessionId)
    expect((await post('unlock', { sessionId, secret: PASSWORD }, { cookie: '' })).status).toBe(401)
    // A PIN is for a locked screen on this computer only.
    expect((await post('login', { username: 'receptionist', password: '4711' })).status).toBe(401)
    await refusal(
      me.auth.changePassword({ body: { current: '4711', password: 'another password' } }),
      'wrong_credentials',
    )
  })

  test('handed over to another person: their own session, and the first one ends', async () => {
    const window = await open('cashier')
    const { sessionId, accessToken } = window.session
    const over = await post('unlock', { sessionId, username: 'doctor', secret: PASSWORD }, window)
    expect(over.body.user.username).toBe('doctor')
    expect(over.body.sessionId).not.toBe(sessionId)
    expect(over.set[0]).toBe(`${window.cookie.split('=')[0]}=`)
    expect(over.set[1]).toContain(`_${over.body.sessionId}=`)
    expect(await works(accessToken)).toBe(false)
    expect(await works(over.body.accessToken)).toBe(true)
  })

  test('a wrong secret of the next person leaves the first one signed in', async () => {
    const window = await open('cashier')
    const { sessionId, accessToken } = window.session
    expect((await post('unlock', { sessionId, username: 'doctor', secret: 'no' }, window)).status).toBe(401)
    expect(await works(accessToken)).toBe(true)
  })
})

describe('access ends', () => {
  test('at once for a disabled user, who gets the answer of a stranger', async () => {
    const user = await aUser('leaving')
    const window = await open('leaving')
    expect(await works(window.session.accessToken)).toBe(true)
    await update(user, { active: false })
    expect(await works(window.session.accessToken)).toBe(false)
    expect((await refresh(window)).status).toBe(401)
    const { status, body } = await post('login', { username: 'leaving', password: PASSWORD })
    expect([status, body.code]).toEqual([401, 'wrong_credentials'])
  })

  test('in other windows when the password is changed, not in this one', async () => {
    await aUser('careful')
    const [here, there] = [await open('careful'), await open('careful')]
    const body = { current: PASSWORD, password: 'a new password' }
    expect((await post('password', body, { token: here.session.accessToken })).status).toBe(200)
    expect(await works(here.session.accessToken)).toBe(true)
    expect(await works(there.session.accessToken)).toBe(false)
    expect((await refresh(there)).status).toBe(401)
    expect((await post('login', { username: 'careful', password: PASSWORD })).status).toBe(401)
    expect((await open('careful', 'a new password')).session.user.username).toBe('careful')
  })

  test('everywhere when the administrator sets a password, and the PIN is gone', async () => {
    const user = await aUser('forgetful')
    const window = await open('forgetful')
    await post('password', { current: PASSWORD, pin: '1234' }, { token: window.session.accessToken })
    await update(user, { password: 'given by admin' })
    expect(await works(window.session.accessToken)).toBe(false)
    expect((await open('forgetful', 'given by admin')).session.user.hasPin).toBe(false)
  })

  test('where its owner ends it, and only theirs', async () => {
    const [here, there] = [await open('doctor'), await open('doctor')]
    const me = apiClient(clinic.hub.url, () => ({ authorization: `Bearer ${here.session.accessToken}` }))
    const { items } = await me.auth.sessions({})
    expect(items.find((one) => one.current)?.id).toBe(here.session.sessionId)
    const nurse = clinic.people.nurse.session.sessionId
    await refusal(me.auth.endSession({ params: { id: nurse } }), 'not_found')
    await me.auth.endSession({ params: { id: there.session.sessionId } })
    expect(await works(there.session.accessToken)).toBe(false)
    expect(await works(clinic.people.nurse.token)).toBe(true)
  })

  test('with the role: what was taken away is refused at once', async () => {
    const user = await aUser('demoted', { roles: ['doctor'] })
    const { api } = await signIn(clinic.hub.url, 'demoted', PASSWORD)
    const { id } = await clinic.aPatient()
    await api.patients.openRecord({ params: { id } })
    await update(user, { roles: ['cashier'] })
    await refusal(api.patients.openRecord({ params: { id } }), 'forbidden')
  })

  test('for forged, foreign, expired and unsigned tokens', async () => {
    const claims = { sub: clinic.people.nurse.session.user.id, sid: clinic.people.nurse.session.sessionId }
    const { privateKey } = generateKeyPairSync('ed25519', {
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    })
    const own = readFileSync(join(clinic.dataDir, 'keys/token-signing.pem'), 'utf8')
    const sign = (key: string, expiresIn: number) => createSigner({ key, algorithm: 'EdDSA', expiresIn })(claims)
    expect(await works(sign(own, 60_000))).toBe(true) // the trial itself is right
    const past = Math.floor(Date.now() / 1000) - 60
    const expired = createSigner({ key: own, algorithm: 'EdDSA' })({ ...claims, exp: past })
    const [head, body] = clinic.people.nurse.token.split('.')
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')
    for (const token of [sign(privateKey, 60_000), expired, `${none}.${body}.`, `${head}.${body}.AAAA`, 'x', ''])
      expect(await works(token), token).toBe(false)
  })
})

test('U8 each person has a key of their own for what they typed, the same at each sign-in and after a restart', async () => {
  const keyOf = async (username: string) => (await open(username)).session.unsavedKey
  const [nurse, doctor] = [await keyOf('nurse'), await keyOf('doctor')]
  expect(Buffer.from(nurse, 'base64')).toHaveLength(32)
  expect(doctor).not.toBe(nurse)
  const window = await open('nurse')
  expect((await nextOf(window)).session.unsavedKey).toBe(nurse)
  await clinic.restart()
  expect(await keyOf('nurse')).toBe(nurse)
})
