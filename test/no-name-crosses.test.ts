import { mkdtempSync, rmSync } from 'node:fs'
import { get } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { io, type Socket } from 'socket.io-client'
import { afterAll, expect, test } from 'vitest'
import { tokenKeys } from '../server/auth/tokens.ts'
import { simulateDay } from '../server/demo/simulation.ts'
import { type TokenKind, tokenOf } from '../server/public/tokens.ts'
import { act, ask, forPhones } from './support/public.ts'

// Design 1: ticket codes only. A morning is played, every ticket and slip of it is followed, and whatever the public
// listener said is held against every name, number, note and reason in the database.

const dataDir = mkdtempSync(join(tmpdir(), 'anteroom-walk-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

test('nothing of a patient, and nothing that somebody typed, crosses the public listener', async () => {
  const publicPort = await freePort()
  let walk: Walk | undefined
  const { broken, visits } = await simulateDay({
    dataDir,
    hub: { publicPort, lan: forPhones().lan },
    onProgress: () => {
      walk ??= follow(`http://127.0.0.2:${publicPort}`)
    },
  })
  await walk?.stop()
  const { said = [], tickets = 0, slips = 0 } = walk ?? {}
  expect(broken).toEqual([])
  // There was something to be said, and it was said.
  expect(visits).toBeGreaterThan(20)
  expect(tickets).toBeGreaterThan(20)
  expect(slips).toBeGreaterThan(20)
  for (const word of ['"called"', '"finished"', '"calls":[{'])
    expect(
      said.some((text) => text.includes(word)),
      word,
    ).toBe(true)
  const secrets = secretsOf()
  expect(secrets.size).toBeGreaterThan(400)
  // A doctor's name is on the board, as it is on the door; on a slip only where the clinic has said so.
  const doors = namesOnDoors()
  const [boards, phones] = [said.filter(isBoard), said.filter((text) => !isBoard(text))]
  expect(leaks(phones, [...secrets, ...doors])).toEqual([])
  const bare = boards.map((text) => doors.reduce((left, name) => left.replaceAll(`"name":"${name}"`, ''), text))
  expect(
    leaks(
      bare,
      [...secrets].filter((secret) => !doors.includes(secret)),
    ),
  ).toEqual([])
}, 300_000)

type Walk = { said: string[]; tickets: number; slips: number; stop(): Promise<void> }

const LOOK_MS = 150
const TOKENS_A_SOCKET = 10

/** Phones and a board that take all that they are told. */
function follow(url: string): Walk {
  const walk: Walk = { said: [], tickets: 0, slips: 0, stop }
  const known = new Set<string>()
  const sockets: Socket[] = []
  const asked: Promise<unknown>[] = []
  const keep = (said: unknown) => void walk.said.push(typeof said === 'string' ? said : JSON.stringify(said))
  const board = get(`${url}/board/events`, (response) => response.on('data', (chunk: Buffer) => keep(chunk.toString())))
  // The hub goes before its screens do.
  board.on('error', () => undefined)
  const timer = setInterval(look, LOOK_MS)
  return walk

  function look(): void {
    const keys = tokenKeys(dataDir)
    for (const { kind, id } of found()) {
      if (known.has(id)) continue
      known.add(id)
      const token = tokenOf(keys, kind, id)
      socket().emit(kind === 'ticket' ? 'join_queue' : 'join_slip', { token }, keep)
      walk[kind === 'ticket' ? 'tickets' : 'slips'] += 1
      if (known.size % 7 === 0) asked.push(tryOut(kind, token))
    }
    asked.push(
      ask(`${url}/board/state`).then(
        ({ body }) => keep(body),
        () => undefined,
      ),
    )
  }

  function socket(): Socket {
    const last = sockets.at(-1)
    if (last && known.size % TOKENS_A_SOCKET !== 0) return last
    const fresh = io(`${url}/track`, { transports: ['websocket'], forceNew: true })
    fresh.onAny((_name, said) => keep(said))
    sockets.push(fresh)
    return fresh
  }

  /** What a patient may do, and what nobody may: each is answered. */
  async function tryOut(kind: TokenKind, token: string): Promise<void> {
    const path = `${url}/${kind === 'ticket' ? 't' : 'a'}/${token}`
    const acts = {
      rating: { stars: 5, words: ['kind'] },
      confirm: {},
      move: { wish: 'later' },
      cancel: { reason: 'no' },
    }
    for (const [name, given] of Object.entries(acts))
      await act(`${path}/${name}`, given).then(
        ({ body }) => keep(body),
        () => undefined,
      )
    for (const page of [path, `${url}/api/visits`, `${url}/`])
      await ask(page).then(
        ({ body }) => keep(body),
        () => undefined,
      )
  }

  async function stop(): Promise<void> {
    clearInterval(timer)
    board.destroy()
    await Promise.all(asked)
    for (const each of sockets) each.close()
  }
}

function found(): { kind: TokenKind; id: string }[] {
  const db = new Database(join(dataDir, 'anteroom.db'), { readonly: true })
  const rows = db.prepare(`select 'ticket' as kind, id from visits union all select 'slip', id from appointments`).all()
  db.close()
  return (rows as { kind: TokenKind; id: string }[]).slice(-800)
}

/** Where a patient, or somebody who typed, is to be found in. Of staff and rooms the board tells what the wall tells. */
const SECRETS = {
  patients: ['number', 'familyName', 'givenName', 'phones', 'address', 'identifiers', 'guardian', 'note', 'birthDate'],
  allergies: ['items'],
  alertReasons: ['dangerSigns'],
  appointments: ['overbookReason', 'cancelReason', 'note', 'patientId'],
  visits: ['label', 'endReason', 'owesReason', 'patientId', 'urgency'],
  visitSteps: ['reason'],
  charges: ['description', 'waiverReason', 'payerName', 'reverseReason'],
  payments: ['id', 'reason'],
  users: ['id', 'displayName'],
  closures: ['reason'],
  leaves: ['reason'],
} as const

function secretsOf(): Set<string> {
  const db = new Database(join(dataDir, 'anteroom.db'), { readonly: true })
  const rows = Object.entries(SECRETS).flatMap(([table, columns]) =>
    columns.flatMap((column) =>
      db.prepare(`select distinct "${column}" as text from "${table}" where "${column}" is not null`).all(),
    ),
  ) as { text: string | number }[]
  db.close()
  const texts = rows.flatMap(({ text }) => wordsIn(String(text)))
  return new Set(texts.filter((text) => text.length >= 3))
}

/** A value as it is, and each text within one that holds several. */
function wordsIn(text: string): string[] {
  if (!/^[[{]/.test(text)) return [text]
  return Object.values(JSON.parse(text) as object).flatMap((each: unknown) =>
    typeof each === 'string' ? [each] : each && typeof each === 'object' ? wordsIn(JSON.stringify(each)) : [],
  )
}

/** Who may be named in the waiting room: doctors and pools. */
function namesOnDoors(): string[] {
  const db = new Database(join(dataDir, 'anteroom.db'), { readonly: true })
  const rows = db.prepare('select displayName as name from doctors union select name from pools').all()
  db.close()
  return (rows as { name: string }[]).map(({ name }) => name)
}

const isBoard = (text: string) => text.includes('"lines"')

/** Secrets that are in what was said, as words of their own. */
function leaks(said: readonly string[], secrets: readonly string[]): string[] {
  const all = [...new Set(said.map((text) => ` ${inWords(text)} `))].join('\n')
  return secrets.filter((secret) => all.includes(` ${inWords(secret)} `))
}

const inWords = (text: string) => text.replace(/[^\p{L}\p{M}\p{N}+@.-]+/gu, ' ').trim()

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen({ host: '127.0.0.2', port: 0 }, resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
