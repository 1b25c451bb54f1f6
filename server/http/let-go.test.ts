import { Agent, get } from 'node:http'
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'

let clinic: TestClinic
const agent = new Agent({ keepAlive: true, maxSockets: 1 })
beforeAll(async () => {
  clinic = await aClinic()
})
afterAll(async () => {
  agent.destroy()
  await clinic.close()
})

/** A request in memory is some 6 kB; what the code itself still grows by while it warms up is a fraction of that. */
const MOST_BYTES = 1_000
const REQUESTS = 1_500

// What outlives its answer is copied by every collection that follows, and each of those is a wait for everybody.
test('a request is let go with its answer, not at a full collection (docs/decisions/0014)', async () => {
  await ask(REQUESTS)
  const before = promoted()
  await ask(REQUESTS)
  expect((promoted() - before) / REQUESTS).toBeLessThan(MOST_BYTES)
})

async function ask(times: number): Promise<void> {
  const headers = { authorization: `Bearer ${clinic.people.receptionist.token}` }
  for (let asked = 1; asked <= times; asked += 1) {
    await new Promise<void>((resolve, reject) => {
      get(`${clinic.hub.url}/api/clinics`, { agent, headers }, (answer) => answer.resume().once('end', resolve)).once(
        'error',
        reject,
      )
    })
    if (asked % 100 === 0) collectYoung()
  }
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as (how: { type: 'minor' }) => void

/** Twice: what is still held then is moved to the old space. */
function collectYoung(): void {
  collect({ type: 'minor' })
  collect({ type: 'minor' })
}

function promoted(): number {
  return getHeapSpaceStatistics().find((space) => space.space_name === 'old_space')?.space_used_size ?? 0
}
