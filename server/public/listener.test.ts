import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Card } from '../../local/cards.ts'
import { anAppointment } from '../../test/support/acts.ts'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'
import {
  type Answer,
  act,
  aPhone,
  ask,
  forPhones,
  loopbackCard,
  publicUrl,
  tokenFor,
} from '../../test/support/public.ts'
import { createHub } from '../hub.ts'
import { idOfToken, tokenOf } from './tokens.ts'

// S5, design 1: only the public pages, only for who holds a token, and nothing else is told from nothing.

let clinic: TestClinic
let url: string
let real: { ticket: string; slip: string }
let seconds = 1_000_000
/** Guesses are forgiven after a quarter of an hour. */
const later = () => {
  seconds += 3600
}

beforeAll(async () => {
  const options = forPhones()
  clinic = await aClinic({
    hub: { ...options, lan: { ...options.lan, now: () => Date.now() + seconds * 1000 }, pagesDir: builtPagesFolder() },
  })
  url = publicUrl(clinic)
  const visit = await clinic.aVisit()
  const appointment = await anAppointment(clinic, 60)
  real = { ticket: tokenFor(clinic, 'ticket', visit.id), slip: tokenFor(clinic, 'slip', appointment.id) }
})
afterAll(() => clinic?.close())

/** A folder as the build leaves it, with a page of the console's beside. */
function builtPagesFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'anteroom-pages-'))
  for (const name of ['ticket', 'slip', 'phone-test', 'console', 'assets']) mkdirSync(join(folder, name))
  for (const name of ['ticket', 'slip', 'phone-test', 'console'])
    writeFileSync(join(folder, name, 'index.html'), `<title>${name}</title>`)
  for (const file of ['ticket.js', 'words.js', 'font.woff2', 'console.js'])
    writeFileSync(join(folder, 'assets', file), file)
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({
      'ticket/index.html': { file: 'assets/ticket.js', dynamicImports: ['words'] },
      words: { file: 'assets/words.js', assets: ['assets/font.woff2'], imports: ['ticket/index.html'] },
      'console/index.html': { file: 'assets/console.js' },
    }),
  )
  return folder
}

const guess = () => randomBytes(32).toString('base64url')

/** An answer without what is different each time. */
const shape = ({ status, headers: { date: _, ...headers }, body }: Answer) => ({ status, headers, body })

describe('what is there', () => {
  test('a ticket and a slip open their pages, with a strict policy and no trace of where one came from', async () => {
    for (const [path, name] of [
      [`/t/${real.ticket}`, 'ticket'],
      [`/a/${real.slip}`, 'slip'],
    ] as const) {
      const { status, body, headers } = await ask(url + path)
      expect({ status, body }).toEqual({ status: 200, body: `<title>${name}</title>` })
      expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';")
      expect(headers['content-security-policy']).not.toContain('unsafe')
      expect(headers).toMatchObject({
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      })
      expect(headers['set-cookie']).toBeUndefined()
      expect(headers['x-powered-by']).toBeUndefined()
    }
  })

  test('the files of these pages, and none of the console’s', async () => {
    for (const file of ['ticket.js', 'words.js', 'font.woff2'])
      expect(await ask(`${url}/assets/${file}`)).toMatchObject({ status: 200, body: file })
    for (const file of ['console.js', '../console/index.html', '%2e%2e/manifest.json', ''])
      expect((await ask(`${url}/assets/${file}`)).status, file).toBe(404)
  })
})

describe('what is not there', () => {
  test('everything else is the same nothing: the console, the API, health, the setup, a token of the other kind', async () => {
    later()
    const paths = ['/', '/api/info', '/api/visits', '/health', '/console', '/t/', '/a', '/favicon.ico', '/t/x/y/z']
    const answers = [
      ...(await Promise.all(paths.map((path) => ask(url + path)))),
      await ask(`${url}/t/${guess()}`),
      await ask(`${url}/t/${real.slip}`),
      await ask(`${url}/a/${real.ticket}`),
      await act(`${url}/t/${real.ticket}/nothing`, {}),
      await act(`${url}/api/auth/login`, { username: 'administrator' }),
      await ask(`${url}/t/${real.ticket}`, { headers: { host: 'clinic.example' } }),
      await ask(`${url}/t/${real.ticket}`, { headers: { host: 'localhost' } }),
      await ask(`${url}/%`),
    ]
    for (const answer of answers) expect(shape(answer)).toEqual(shape(answers[0] as Answer))
    expect(answers[0]?.status).toBe(404)
  })

  test('it takes as long whatever was wrong', async () => {
    later()
    const times = []
    for (const path of ['/nothing', `/t/${guess()}`, `/t/${real.slip}`, '/api/info'])
      times.push((await ask(url + path)).ms)
    expect(Math.min(...times)).toBeGreaterThanOrEqual(55)
  })

  test('another site’s page can neither act nor open a socket', async () => {
    const path = `${url}/a/${real.slip}/confirm`
    const origin = 'http://evil.example'
    const json = { 'content-type': 'application/json' }
    for (const headers of [
      { ...json, origin },
      { origin: url, 'content-type': 'text/plain' },
    ])
      expect((await ask(path, { method: 'POST', headers, body: '{}' })).status).toBe(404)
    const socket = io(`${url}/track`, { transports: ['websocket'], reconnection: false, extraHeaders: { origin } })
    await expect(new Promise((_, reject) => socket.once('connect_error', reject))).rejects.toThrow()
    socket.close()
  })

  test('the console’s feed is not on these sockets', async () => {
    const socket = io(url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: { token: 'x', protocol: 1 },
    })
    const refused = await new Promise<Error>((resolve) => socket.once('connect_error', resolve))
    expect(refused.message).toBe('not_found')
    socket.close()
  })
})

describe('guessing', () => {
  test('is slowed for its address: also a right token waits then, and others do not', async () => {
    later()
    for (let tries = 0; tries < 5; tries++) expect((await ask(`${url}/t/${guess()}`)).status).toBe(404)
    const refused = await ask(`${url}/t/${real.ticket}`)
    expect(refused.status).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1)
    expect((await ask(`${url}/t/${real.ticket}`, { from: '127.0.0.9' })).status).toBe(200)
    const phone = await aPhone(url)
    expect(await phone.ticket(real.ticket)).toMatchObject({ ok: false, code: 'too_many' })
    phone.close()
    later()
    expect((await ask(`${url}/t/${real.ticket}`)).status).toBe(200)
  })

  test('on a socket counts the same, and finds nothing', async () => {
    later()
    const phone = await aPhone(url)
    for (const token of [guess(), real.slip, '', 7 as never, null as never])
      expect(await phone.ticket(token)).toEqual({ ok: false, code: 'not_found' })
    expect(await phone.ticket(guess())).toMatchObject({ ok: false, code: 'too_many' })
    phone.close()
  })

  test('from everywhere at once is bounded; a phone that is known goes on', async () => {
    later()
    expect((await ask(`${url}/t/${real.ticket}`, { from: '127.0.0.9' })).status).toBe(200)
    const strangers = Array.from({ length: 124 }, (_, index) => `127.1.0.${index + 1}`)
    const answers = await Promise.all(strangers.map((from) => ask(`${url}/t/${guess()}`, { from })))
    expect(answers.filter(({ status }) => status === 404).length).toBeGreaterThanOrEqual(100)
    expect((await ask(`${url}/t/${guess()}`, { from: '127.2.0.1' })).status).toBe(429)
    expect((await ask(`${url}/t/${real.ticket}`, { from: '127.0.0.9' })).status).toBe(200)
    later()
  })

  test('a token whose every bit counts', () => {
    const same = () => Buffer.alloc(32, 7).toString('base64')
    const keys = { sign: () => '', verify: () => undefined, seal: same, unsavedKeyOf: same }
    const id = '0198c0de-0000-7000-8000-000000000001'
    const bytes = Buffer.from(tokenOf(keys, 'ticket', id), 'base64url')
    expect(bytes.length).toBe(32)
    expect(idOfToken(keys, 'ticket', bytes.toString('base64url'))).toBe(id)
    for (let bit = 128; bit < 256; bit++) {
      const other = Buffer.from(bytes)
      other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(idOfToken(keys, 'ticket', other.toString('base64url'))).toBeUndefined()
    }
  })
})

test('no token is in the log, whatever becomes of it', async () => {
  later()
  const lines: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
  const other = await aClinic({ hub: { ...forPhones(), pagesDir: null, log } })
  const visit = await other.aVisit()
  const token = tokenFor(other, 'ticket', visit.id)
  const at = publicUrl(other)
  await ask(`${at}/t/${token}`)
  await ask(`${at}/t/${token}%`)
  await act(`${at}/t/${token}/rating`, { stars: 9 })
  await act(`${at}/t/${token}/rating`, { stars: 5 })
  const phone = await aPhone(at)
  await phone.ticket(token)
  // A bug, which is logged with all that may be.
  other.hub.databases.reading.close()
  await act(`${at}/t/${token}/rating`, { stars: 5 })
  expect(await phone.ticket(token)).toEqual({ ok: false, code: 'internal' })
  phone.close()
  await other.close().catch(() => undefined)
  expect(lines.length).toBeGreaterThan(0)
  expect(lines.join('')).not.toContain(token.slice(0, 20))
})

describe('the listener', () => {
  test('follows the cards as they come and go', async () => {
    let cards: Card[] = [loopbackCard('127.0.0.2')]
    const other = await aClinic({ hub: { ...forPhones(() => cards), pagesDir: null } })
    const { port = 0 } = other.hub.publicSide ?? {}
    try {
      expect((await ask(`http://127.0.0.2:${port}/`)).status).toBe(404)
      cards = [loopbackCard('127.0.0.3')]
      await expect.poll(() => other.hub.publicSide?.addresses).toEqual(['127.0.0.3'])
      expect((await ask(`http://127.0.0.3:${port}/`)).status).toBe(404)
      await expect(ask(`http://127.0.0.2:${port}/`)).rejects.toThrow('ECONNREFUSED')
      await other.as.administrator.network.choose({ body: { cards: ['other0'] } })
      await expect(ask(`http://127.0.0.3:${port}/`)).rejects.toThrow('ECONNREFUSED')
    } finally {
      await other.close()
    }
  })

  test('says which port is taken, and what to do', async () => {
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen({ host: '127.0.0.5', port: 0 }, resolve))
    const { port } = taken.address() as { port: number }
    const dataDir = mkdtempSync(join(tmpdir(), 'anteroom-test-'))
    const lan = { listCards: () => [loopbackCard('127.0.0.5')], findable: null, keepAwake: false }
    const starting = createHub({ dataDir, port: 0, publicPort: port, pagesDir: null, lan })
    await expect(starting).rejects.toMatchObject({
      message: `Port ${port} of the network is in use by another program.`,
      advice: expect.stringContaining('--public-port'),
    })
    taken.close()
  })

  test('a body that is too large, or not the act’s, is told to who holds the token', async () => {
    later()
    const path = `${url}/a/${real.slip}`
    expect((await act(`${path}/cancel`, { reason: 'x'.repeat(3000) })).status).toBe(413)
    const wrong = await act(`${path}/cancel`, { reason: 'because' })
    expect({ status: wrong.status, body: JSON.parse(wrong.body).data.fields[0].field }).toEqual({
      status: 400,
      body: 'reason',
    })
    expect((await act(`${path}/confirm`, { note: 'words' })).status).toBe(400)
  })
})
