import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'

let clinic: TestClinic
let pagesDir: string
beforeAll(async () => {
  pagesDir = mkdtempSync(join(tmpdir(), 'anteroom-pages-'))
  mkdirSync(join(pagesDir, 'console'))
  mkdirSync(join(pagesDir, 'assets'))
  writeFileSync(join(pagesDir, 'console/index.html'), '<script nonce="__CSP_NONCE__"></script>__CSP_NONCE__')
  writeFileSync(join(pagesDir, 'assets/app-1.js'), 'export {}')
  clinic = await aClinic({ hub: { pagesDir } })
})
afterAll(async () => {
  await clinic.close()
  rmSync(pagesDir, { recursive: true, force: true })
})

type Sent = { method?: string; path?: string; headers?: Record<string, string>; body?: string | Buffer }

/** A request with exactly these headers: fetch would not let a test set `Host`. */
function send({ method = 'GET', path = '/api/info', headers = {}, body }: Sent) {
  type Answer = { status: number; code: string; text: string; headers: Record<string, string | string[] | undefined> }
  return new Promise<Answer>((resolve, reject) => {
    const sending = httpRequest({ host: '127.0.0.1', port: clinic.hub.port, method, path, headers }, (response) => {
      let text = ''
      response.on('data', (part) => {
        text += part
      })
      response.on('end', () => {
        const code = /"code":"(\w+)"/.exec(text)?.[1] ?? ''
        resolve({ status: response.statusCode ?? 0, code, text, headers: response.headers })
      })
    })
    sending.on('error', reject)
    sending.end(body)
  })
}
const json = { 'content-type': 'application/json' }
const signedIn = () => ({ authorization: `Bearer ${clinic.people.receptionist.token}` })
const register = (sent: Sent) => send({ method: 'POST', path: '/api/patients', ...sent })
const aPatient = () => ({ id: uuidv7(), clinicId: clinic.clinicId, familyName: 'Rahman' })

describe('Host: a page that reaches here by DNS is refused', () => {
  test.each(['evil.example', 'evil.example:8742', '127.0.0.1:1', '127.0.0.1', 'localhost.evil.example'])(
    '%s',
    async (host) => {
      for (const path of ['/api/info', '/health', '/', '/api/openapi.json'])
        expect(await send({ path, headers: { host } })).toMatchObject({ status: 403, code: 'forbidden' })
    },
  )

  test('nor does it get a socket, by polling or by an upgrade', async () => {
    const path = '/socket.io/?EIO=4&transport='
    const host = 'evil.example'
    const upgrade = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    }
    expect((await send({ path: `${path}polling`, headers: { host } })).status).toBe(403)
    const refused = await send({ path: `${path}websocket`, headers: { host, ...upgrade } })
    expect(refused).toMatchObject({ status: 400, text: 'not from here' })
  })

  test('our own names are taken', async () => {
    for (const name of ['127.0.0.1', 'localhost', 'LocalHost', '[::1]'])
      expect((await send({ headers: { host: `${name}:${clinic.hub.port}` } })).status).toBe(200)
  })
})

describe('Origin: another site’s page changes nothing', () => {
  const asking = (origin: string) =>
    register({ headers: { ...json, ...signedIn(), origin }, body: JSON.stringify(aPatient()) })

  test.each(['http://evil.example', 'null', 'http://127.0.0.1:1', 'https://127.0.0.1', 'file://', ''])(
    '%s',
    async (origin) => {
      expect(await asking(origin)).toMatchObject({ status: 403, code: 'forbidden' })
    },
  )

  test('our own page does, and over nothing else than this listener speaks', async () => {
    expect((await asking(clinic.hub.url.replace('http:', 'https:'))).status).toBe(403)
    expect((await asking(clinic.hub.url)).status).toBe(200)
  })

  test('nor does a page under another of our names: who has this port there may be somebody else', async () => {
    const body = () => JSON.stringify(aPatient())
    for (const name of ['localhost', '[::1]']) {
      const host = `${name}:${clinic.hub.port}`
      expect(await asking(`http://${host}`)).toMatchObject({ status: 403, code: 'forbidden' })
      const headers = { ...json, ...signedIn(), host, origin: `http://${host}` }
      expect((await register({ headers, body: body() })).status).toBe(200)
    }
  })
})

describe('JSON only', () => {
  test.each([
    'application/x-www-form-urlencoded',
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    '',
  ])('415 for "%s"', async (type) => {
    const headers = { ...signedIn(), ...(type ? { 'content-type': type } : {}) }
    const body = JSON.stringify(aPatient())
    expect(await register({ headers, body })).toMatchObject({ status: 415, code: 'wrong_media_type' })
    const chunked = await register({ headers: { ...headers, 'transfer-encoding': 'chunked' }, body })
    expect(chunked.status).toBe(415)
  })

  test('with its character set too', async () => {
    const headers = { ...signedIn(), 'content-type': 'application/json; charset=utf-8' }
    expect((await register({ headers, body: JSON.stringify(aPatient()) })).status).toBe(200)
  })

  test.each(['{', '{"a":}', 'undefined', '[1', '"\\ud800', '\u0000'])('400 for what is not JSON: %s', async (body) => {
    const answer = await register({ headers: { ...json, ...signedIn() }, body })
    expect(answer).toMatchObject({ status: 400, code: 'bad_input' })
  })

  test.each(['null', '[]', '"text"', '7', 'true', '', '{}'])('400 for JSON that is no request: %s', async (body) => {
    const answer = await register({ headers: { ...json, ...signedIn() }, body })
    expect(answer).toMatchObject({ status: 400, code: 'bad_input' })
  })

  test('400 for text that is not UTF-8, and never half of it', async () => {
    const [head, tail] = JSON.stringify({ ...aPatient(), familyName: '#' }).split('#')
    const body = Buffer.concat([Buffer.from(head ?? ''), Buffer.from([0xff, 0xc3]), Buffer.from(tail ?? '')])
    const answer = await register({ headers: { ...json, ...signedIn() }, body })
    expect(answer).toMatchObject({ status: 400, code: 'bad_input' })
    expect(answer.text).toContain('must be UTF-8')
  })

  test('400 for what is nested without end, also under a key', async () => {
    const body = `{"familyName":${'['.repeat(200_000)}${']'.repeat(200_000)}}`
    const headers = { ...json, ...signedIn() }
    for (const sent of [headers, { ...headers, 'idempotency-key': 'nested-without-end' }])
      expect(await register({ headers: sent, body })).toMatchObject({ status: 400, code: 'bad_input' })
  })
})

test('the cookies of every session that was begun in one browser are taken', async () => {
  const cookie = Array.from({ length: 180 }, () => `rt_${uuidv7()}_${uuidv7()}=${'x'.repeat(43)}`).join('; ')
  const body = JSON.stringify({ sessionId: uuidv7() })
  const answer = await send({ method: 'POST', path: '/api/auth/refresh', headers: { ...json, cookie }, body })
  expect(answer).toMatchObject({ status: 401, code: 'not_signed_in' })
})

test('413 for a body that is too large, announced or not', async () => {
  const body = JSON.stringify({ ...aPatient(), note: 'x'.repeat(1_100_000) })
  const headers = { ...json, ...signedIn() }
  const chunked: Record<string, string> = { 'transfer-encoding': 'chunked' }
  for (const how of [{}, chunked])
    expect(await register({ headers: { ...headers, ...how }, body })).toMatchObject({ status: 413, code: 'too_large' })
})

describe('input', () => {
  const fieldsOf = async (sent: Sent) => {
    const { status, text } = await send({ ...sent, headers: { ...json, ...signedIn() } })
    return { status, fields: (JSON.parse(text).data?.fields ?? []).map((one: { field: string }) => one.field) }
  }

  test('unknown fields are refused by name, in body and query', async () => {
    const body = JSON.stringify({ ...aPatient(), isAdmin: true, guardian: { name: 'A', age: 3 } })
    expect(await fieldsOf({ method: 'POST', path: '/api/patients', body })).toEqual({
      status: 400,
      fields: expect.arrayContaining(['isAdmin', 'guardian.age']),
    })
    expect(await fieldsOf({ path: '/api/patients?q=a&admin=1' })).toEqual({ status: 400, fields: ['admin'] })
    expect(await fieldsOf({ path: '/api/clinics?x=1' })).toEqual({ status: 400, fields: ['x'] })
  })

  test('a body cannot override the path', async () => {
    const [one, other] = [await clinic.aPatient(), await clinic.aPatient()]
    const { id: _, number: __, mergedIntoId: ___, ...fields } = one
    const path = `/api/patients/${one.id}`
    const body = JSON.stringify({ ...fields, id: other.id, familyName: 'Overridden' })
    expect(await fieldsOf({ method: 'PUT', path, body })).toEqual({ status: 400, fields: ['id'] })
    expect((await fieldsOf({ method: 'PUT', path: `${path}?id=${other.id}`, body: '{}' })).fields).toContain('id')
    for (const { id, familyName } of [one, other])
      expect((await clinic.as.nurse.patients.get({ params: { id } })).familyName).toBe(familyName)
  })

  test('numbers in a query are numbers, and only those', async () => {
    expect((await fieldsOf({ path: '/api/patients?limit=5' })).status).toBe(200)
    for (const limit of ['0', '-1', '5.5', 'five', '1e9', ''])
      expect(await fieldsOf({ path: `/api/patients?limit=${limit}` })).toEqual({ status: 400, fields: ['limit'] })
  })

  test.each([
    '/api/patients/%E0%A4%A',
    '/api/%',
    '/api/nowhere',
    '/api',
    '/api/patients/not-an-id',
    '/api/patients?q=%FF%FE',
    '/assets/%E0%A4%A',
    '/assets/nothing.js',
    '/assets/../../../etc/passwd',
  ])('%s is answered with a plain refusal', async (path) => {
    const { status, code, text } = await send({ path, headers: signedIn() })
    expect(path.includes('q=') ? [200, 400] : [400, 404]).toContain(status)
    expect(text).not.toMatch(/at .+\.m?[jt]s|node_modules|<pre>/)
    if (status >= 400) expect(['bad_input', 'not_found']).toContain(code)
  })

  test('a method that a path does not have is not found', async () => {
    for (const method of ['DELETE', 'PATCH'])
      expect((await send({ method, path: '/api/patients', headers: signedIn() })).status).toBe(404)
  })
})

describe('pages', () => {
  test('carry a policy that runs nothing but our own files, with a nonce of their own', async () => {
    const [one, other] = [await send({ path: '/' }), await send({ path: '/patients/x' })]
    const policy = String(one.headers['content-security-policy'])
    const nonce = /'nonce-([\w+/=]+)'/.exec(policy)?.[1]
    expect(policy).toContain("default-src 'none'")
    expect(policy).toMatch(/script-src 'self'(;|$)/)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe|\*/)
    expect(one.text).toContain(`nonce="${nonce}"`)
    expect(one.text).not.toContain('__CSP_NONCE__')
    expect(other.headers['content-security-policy']).not.toBe(policy)
  })

  test('the API’s own page has one too, and loads no script', async () => {
    const { headers, text } = await send({ path: '/api/docs' })
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/)
    expect(text).not.toContain('<script')
    expect(text).toContain('/api/visits/{id}/call')
  })

  test('nothing is guessed, told or kept: nosniff, no referrer, no store for the API', async () => {
    const { headers } = await send({ path: '/api/info' })
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
    expect(headers['x-powered-by']).toBeUndefined()
    expect((await send({ path: '/assets/app-1.js' })).headers['cache-control']).toContain('immutable')
  })
})
