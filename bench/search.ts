import { join } from 'node:path'
import Database from 'better-sqlite3'
import { contract } from '../contract/contract.ts'
import { signIn } from '../server/demo/api.ts'
import { createRandom, type Random } from '../server/demo/random.ts'
import { matchOf } from '../server/patients/queries.ts'
import { BENCH_PASSWORD } from './clinic.ts'
import { createGenerator } from './load.ts'
import { startServer } from './server-process.ts'
import { median, percentile, round, spread } from './stats.ts'

export type SearchResult = {
  patients: number
  p50Ms: number
  p95Ms: number
  rawP50Ms: number
  rawP95Ms: number
  ratio: number
  spread: [number, number]
}

const QUESTIONS = 400
const LIMIT = 50

/** What people type, as the bare full-text query and through the API on the same file, in turn, one at a time. */
export async function measureSearch(dataDir: string, patients: number, pairs: number): Promise<SearchResult> {
  const questions = makeQuestions(dataDir, patients)
  const server = await startServer({ side: 'hub', dataDir })
  const client = await signIn(server.url, 'reception', BENCH_PASSWORD)
  const headers = { authorization: `Bearer ${await client.token()}` }
  const rounds: { raw: number[]; api: number[] }[] = []
  for (let pair = 0; pair < pairs; pair += 1)
    rounds.push({ raw: rawTimes(dataDir, questions), api: await apiTimes(server.url, headers, questions) })
  await server.close()
  const of = (side: 'raw' | 'api', share: number) => rounds.map((each) => percentile(each[side], share))
  const rawP95s = of('raw', 0.95)
  const ratios = of('api', 0.95).map((p95, pair) => p95 / (rawP95s[pair] ?? p95))
  const [least, most] = spread(ratios)
  return {
    patients,
    p50Ms: round(median(of('api', 0.5))),
    p95Ms: round(median(of('api', 0.95))),
    rawP50Ms: round(median(of('raw', 0.5))),
    rawP95Ms: round(median(rawP95s)),
    ratio: round(median(ratios)),
    spread: [round(least), round(most)],
  }
}

async function apiTimes(url: string, headers: Record<string, string>, questions: readonly string[]): Promise<number[]> {
  const generator = createGenerator(url, 1)
  const path = contract.patients.search['~orpc'].route.path ?? ''
  const times: number[] = []
  for (const [index, question] of [...questions, ...questions].entries()) {
    const started = performance.now()
    await generator.ask({ path: `/api${path}?${new URLSearchParams({ q: question, limit: String(LIMIT) })}`, headers })
    if (index >= questions.length) times.push(performance.now() - started)
  }
  generator.close()
  return times
}

/** The same words, the same index, the same order and length, and nothing else: each asked once to warm up. */
function rawTimes(dataDir: string, questions: readonly string[]): number[] {
  const db = new Database(join(dataDir, 'anteroom.db'), { readonly: true })
  db.pragma('cache_size = -16000')
  const statement = db.prepare(
    'select rowid from patientSearch where patientSearch match ? order by rowid desc limit ?',
  )
  const times: number[] = []
  for (const [index, question] of [...questions, ...questions].entries()) {
    const match = matchOf(question)
    const started = performance.now()
    statement.all(match, LIMIT)
    if (index >= questions.length) times.push(performance.now() - started)
  }
  db.close()
  return times
}

type Row = { familyName: string; givenName: string; number: string; birthDate: string; phones: string }

/** Real people's names whole and begun, both parts in either order, phones, numbers, dates of birth. */
function makeQuestions(dataDir: string, patients: number): string[] {
  const db = new Database(join(dataDir, 'anteroom.db'), { readonly: true })
  const random = createRandom('questions')
  const find = db.prepare('select familyName, givenName, number, birthDate, phones from patients where rowid = ?')
  const questions = Array.from({ length: QUESTIONS }, () => {
    const row = find.get(random.between(1, patients)) as Row
    return question(random, row)
  })
  db.close()
  return questions.filter((each) => each.trim() !== '')
}

function question(random: Random, row: Row): string {
  const phone = (JSON.parse(row.phones) as string[])[0] ?? row.number
  const draw = random.next()
  if (draw < 0.3) return `${row.givenName} ${row.familyName}`
  if (draw < 0.5) return `${row.familyName.slice(0, 4)} ${row.givenName.slice(0, 3)}`
  if (draw < 0.65) return row.familyName || row.givenName
  if (draw < 0.75) return row.givenName.slice(0, 3)
  if (draw < 0.87) return phone.slice(-6)
  return draw < 0.94 ? row.number : row.birthDate
}
