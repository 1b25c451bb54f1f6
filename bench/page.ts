import { gzipSync } from 'node:zlib'
import { type Browser, chromium, type Page } from 'playwright-core'
import { v7 as uuidv7 } from 'uuid'
import { contract } from '../contract/contract.ts'
import type { Visit } from '../contract/visits.ts'
import { type Client, forEachOf, signIn } from '../server/demo/api.ts'
import { onCopy } from './check-in.ts'
import { BENCH_PASSWORD, makeClinic } from './clinic.ts'
import { openFill } from './fill.ts'
import { installProbe } from './page-probe.ts'
import { startServer } from './server-process.ts'
import { percentile, round } from './stats.ts'

export type PageResult = {
  rows: number
  frameP50Ms: number
  frameP95Ms: number
  /** From an event's arrival to the frame that shows it. */
  eventFrames: number
  eventP50Ms: number
  eventP95Ms: number
  events: number
  firstLoadKb: number
}

const ROWS = 500
const APPOINTMENTS = 600
const DOCTORS = 20
const EVENTS_A_SECOND = 10
const SECONDS = 10
export const CHROMIUM = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
]

/** Reception's page with a long queue, while things happen. */
export async function measurePage(workDir: string): Promise<PageResult> {
  return onCopy(workDir, null, async (dataDir) => {
    const clinic = await makeClinic(dataDir, DOCTORS)
    const fill = openFill(dataDir, clinic)
    const appointmentIds = fill.addAppointments(fill.addPatients(APPOINTMENTS))
    fill.close()
    const server = await startServer({ side: 'hub', dataDir })
    const client = await signIn(server.url, 'reception', BENCH_PASSWORD)
    const visits = await fillQueue(client, appointmentIds)
    const browser = await chromium.launch({
      executablePath: process.env.ANTEROOM_CHROMIUM ?? '/usr/bin/chromium',
      args: CHROMIUM,
    })
    try {
      return await watchPage(browser, server.url, client, visits)
    } finally {
      await browser.close()
      await server.close()
    }
  })
}

async function fillQueue(client: Client, appointmentIds: readonly string[]): Promise<Visit[]> {
  const visits: Visit[] = []
  await forEachOf(appointmentIds.slice(0, ROWS), 8, async (appointmentId) => {
    const { visit } = await client.call(contract.visits.checkIn, { body: { id: uuidv7(), appointmentId } })
    visits.push(visit)
  })
  return visits
}

async function watchPage(browser: Browser, url: string, client: Client, visits: Visit[]): Promise<PageResult> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  let loaded = 0
  page.on('response', async (response) => {
    if (!/\.(js|css)(\?|$)/.test(response.url())) return
    const body = await response.body().catch(() => Buffer.alloc(0))
    loaded += gzipSync(body, { level: 9 }).byteLength
  })
  await page.addInitScript(installProbe)
  await page.goto(url)
  await page.locator('input[type=password]').waitFor({ timeout: 15_000 })
  await page.waitForLoadState('networkidle')
  const firstLoadKb = round(loaded / 1024, 0)
  await enter(page)
  const ticket = visits[0]?.ticket ?? ''
  await page.getByText(ticket, { exact: true }).first().waitFor({ timeout: 15_000 })
  await page.waitForTimeout(1_000)
  const onScreen = await visibleVisits(page, visits)
  await page.evaluate(() => window.anteroomProbe.start())
  const events = await stir(client, onScreen)
  const { frames, paints } = await page.evaluate(() => ({
    frames: window.anteroomProbe.frames,
    paints: window.anteroomProbe.paints,
  }))
  return {
    rows: visits.length,
    frameP50Ms: round(percentile([...frames], 0.5), 1),
    frameP95Ms: round(percentile([...frames], 0.95), 1),
    eventFrames: percentile(
      paints.map((paint) => paint.frames),
      0.95,
    ),
    eventP50Ms: round(
      percentile(
        paints.map((paint) => paint.ms),
        0.5,
      ),
      1,
    ),
    eventP95Ms: round(
      percentile(
        paints.map((paint) => paint.ms),
        0.95,
      ),
      1,
    ),
    events,
    firstLoadKb,
  }
}

async function enter(page: Page): Promise<void> {
  await page.locator('input[autocomplete=username], input[name=username]').first().fill('reception')
  await page.locator('input[type=password]').fill(BENCH_PASSWORD)
  await page.keyboard.press('Enter')
}

/** Those whose tickets can be seen: only what they do can be timed until it is on the screen. */
async function visibleVisits(page: Page, visits: readonly Visit[]): Promise<Visit[]> {
  const shown = new Set(await page.getByText(/^[A-Z]\d{3}$/).allTextContents())
  const visible = visits.filter((visit) => shown.has(visit.ticket))
  if (visible.length === 0) throw new Error('The queue on the page shows no ticket.')
  return visible
}

/** Ten times a second somebody on the screen goes out for a while, or comes back. */
async function stir(client: Client, visits: readonly Visit[]): Promise<number> {
  const front = [...visits]
  const begun = performance.now()
  const total = EVENTS_A_SECOND * SECONDS
  for (let turn = 0; turn < total; turn += 1) {
    const index = turn % front.length
    const visit = front[index]
    if (!visit) break
    const until = visit.awayUntil === null ? new Date(Date.now() + 1_200_000).toISOString() : null
    front[index] = await client.call(contract.visits.away, {
      params: { id: visit.id },
      body: { version: visit.version, until },
    })
    const next = begun + ((turn + 1) * 1000) / EVENTS_A_SECOND
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - performance.now())))
  }
  return total
}
