import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { removeFolders, startStation } from './clinic.ts'
import type { DayStation } from './day.ts'
import { createLan, type Lan, whyNoNetworks } from './network.ts'

let lan: Lan

beforeEach(({ skip }) => {
  const why = whyNoNetworks()
  if (why) skip(why)
  lan = createLan()
})

afterEach(async () => {
  await lan?.close()
  removeFolders()
})

test('a day through three stations: every console equals the database at the end', async () => {
  const stations: DayStation[] = []
  for (const [index, name] of ['front', 'room', 'cash'].entries()) {
    const host = lan.host(name, `10.77.0.${11 + index}`)
    const station = await startStation(host)
    const port = Number(new URL(station.url).port)
    stations.push({ port, socket: host.socketOf(port) })
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'anteroom-day-'))
  const day = lan.host('hub', '10.77.0.1').node('test/lan/day.ts', dataDir, JSON.stringify(stations))
  const { broken, visits, consoles } = JSON.parse(await day.said(/^played (.*)$/)) as {
    broken: string[]
    visits: number
    consoles: { events: number }[]
  }
  rmSync(dataDir, { recursive: true })
  expect(broken).toEqual([])
  expect(visits).toBeGreaterThan(60)
  expect(consoles.filter(({ events }) => events > 0)).toHaveLength(9)
})
