// Runs on the hub's computer: plays a day whose people work at stations, and prints what did not hold.
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { contract } from '../../contract/contract.ts'
import type { StationState } from '../../contract/station.ts'
import type { Client } from '../../server/demo/api.ts'
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
  await admin.call(contract.pairing.open, {})
  const urls: string[] = []
  for (const { port, socket } of all) {
    await leadTo(socket, port)
    const url = `http://127.0.0.1:${port}`
    await pairOne(admin, url, `Station ${urls.length + 1}`)
    urls.push(url)
  }
  return urls
}

async function pairOne(admin: Client, url: string, name: string): Promise<void> {
  const { found } = await until(url, (state) => state.found.length > 0)
  await fetch(`${url}/station/join`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ to: found[0]?.addresses[0], name }),
  })
  const { joining } = await until(url, (state) => state.joining?.phase === 'digits')
  const { requests } = await admin.call(contract.pairing.state, {})
  const asking = requests.find(({ phase }) => phase === 'ready')
  if (joining?.phase !== 'digits' || !asking) throw new Error('no digits to type')
  const body = { digits: joining.digits, name }
  await admin.call(contract.pairing.approve, { params: { id: asking.id }, body })
  await until(url, ({ link }) => link.state === 'live')
}

async function until(url: string, is: (state: StationState) => unknown): Promise<StationState> {
  let after = ''
  for (;;) {
    const state = (await (await fetch(`${url}/station/state${after}`)).json()) as StationState
    if (is(state)) return state
    after = `?after=${state.revision}`
  }
}
