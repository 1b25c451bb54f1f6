import { type Browser, chromium, type Page } from 'playwright-core'
import { v7 as uuidv7 } from 'uuid'
import { contract } from '../contract/contract.ts'
import type { Visit } from '../contract/visits.ts'
import { tokenKeys } from '../server/auth/tokens.ts'
import { type Client, signIn } from '../server/demo/api.ts'
import { tokenOf } from '../server/public/tokens.ts'
import { installPaintProbe, type Paint } from './board-probe.ts'
import { onCopy } from './check-in.ts'
import { BENCH_PASSWORD, makeClinic } from './clinic.ts'
import { openFill } from './fill.ts'
import { CHROMIUM } from './page.ts'
import { startServer } from './server-process.ts'
import { percentile, round } from './stats.ts'

/** Milliseconds from a doctor's click until the call was painted. */
export type BoardResult = { calls: number; board: Latency; ticket: Latency; waiting: number }
type Latency = { p50Ms: number; p95Ms: number }

const CALLS = 100
const WARM_UP = 10
const WAITING = 40
const DOCTORS = 4
/** Nobody clicks oftener. */
const APART_MS = 250

/** A call on its way to the waiting-room screen and to the patient's own page, both open in a real browser. */
export async function measureBoard(workDir: string): Promise<BoardResult> {
  return onCopy(workDir, null, async (dataDir) => {
    const fill = openFill(dataDir, await makeClinic(dataDir, DOCTORS))
    const appointmentIds = fill.addAppointments(fill.addPatients(WAITING))
    fill.close()
    const server = await startServer({ side: 'hub', dataDir, lan: true })
    const client = await signIn(server.url, 'reception', BENCH_PASSWORD)
    const visits = await checkInAll(client, appointmentIds)
    const [visit] = visits
    if (!visit || !server.publicUrl) throw new Error('Nobody is there to be called.')
    const browser = await chromium.launch({
      executablePath: process.env.ANTEROOM_CHROMIUM ?? '/usr/bin/chromium',
      args: CHROMIUM,
    })
    try {
      const token = tokenOf(tokenKeys(dataDir), 'ticket', visit.id)
      const board = await openPage(browser, `${server.publicUrl}/board`)
      const ticket = await openPage(browser, `${server.publicUrl}/t/${token}`)
      return { ...(await callAgainAndAgain(client, visit, { board, ticket })), waiting: visits.length }
    } finally {
      await browser.close()
      await server.close()
    }
  })
}

async function checkInAll(client: Client, appointmentIds: readonly string[]): Promise<Visit[]> {
  const visits: Visit[] = []
  for (const appointmentId of appointmentIds) {
    const { visit } = await client.call(contract.visits.checkIn, { body: { id: uuidv7(), appointmentId } })
    visits.push(visit)
  }
  return visits
}

async function openPage(browser: Browser, url: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await page.addInitScript(installPaintProbe)
  await page.goto(url)
  await page.waitForFunction(() => window.anteroomPaints.ready())
  return page
}

/** The same patient, called and put back: each call is the same work, and is seen on both pages. */
async function callAgainAndAgain(client: Client, visit: Visit, pages: { board: Page; ticket: Page }) {
  const board: number[] = []
  const ticket: number[] = []
  let current = visit
  for (let turn = 0; turn < WARM_UP + CALLS; turn += 1) {
    for (const page of [pages.board, pages.ticket]) await page.evaluate(() => window.anteroomPaints.await())
    const clicked = performance.timeOrigin + performance.now()
    const body = { version: current.version, reason: 'measured' }
    const called = await client.call(contract.visits.call, { params: { id: visit.id }, body })
    const [onBoard, onTicket] = await Promise.all([paintOf(pages.board), paintOf(pages.ticket)])
    if (turn >= WARM_UP) {
      board.push(onBoard.at - clicked)
      ticket.push(onTicket.at - clicked)
    }
    const params = { id: visit.id }
    current = await client.call(contract.visits.notHere, { params, body: { version: called.version } })
    await new Promise((resolve) => setTimeout(resolve, APART_MS))
  }
  return { calls: CALLS, board: latency(board), ticket: latency(ticket) }
}

/** When the page painted the call. */
function paintOf(page: Page): Promise<Paint> {
  return page.evaluate(() => window.anteroomPaints.seen())
}

function latency(times: readonly number[]): Latency {
  return { p50Ms: round(percentile([...times], 0.5), 1), p95Ms: round(percentile([...times], 0.95), 1) }
}
