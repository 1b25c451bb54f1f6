// Runs on the hub's computer: plays a day whose people work at stations, and prints what did not hold.
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client } from '../../server/demo/api.ts'
import { pairStation } from '../../server/demo/pair-station.ts'
import { simulate } from '../../server/demo/simulation.ts'
import { leadTo } from './network.ts'

/** A station: the port of its loopback, and the socket in the file system that leads there. */
export type DayStation = { port: number; socket: string }

const [dataDir = join(tmpdir(), 'day'), stations = '[]'] = process.argv.slice(2)
const report = await simulate({
  dataDir,
  hub: { lanPort: 8743 },
  patients: 1000,
  consoles: 9,
  pairStations: (admin) => pairAll(admin, JSON.parse(stations) as DayStation[]),
})
console.log(`played ${JSON.stringify({ visits: report.visits, consoles: report.consoles, broken: report.broken })}`)
process.exit(0)

async function pairAll(admin: Client, all: readonly DayStation[]): Promise<string[]> {
  const urls: string[] = []
  for (const { port, socket } of all) {
    await leadTo(socket, port)
    const url = `http://127.0.0.1:${port}`
    await pairStation(admin, url, `Station ${urls.length + 1}`)
    urls.push(url)
  }
  return urls
}
