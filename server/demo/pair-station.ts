import { contract } from '../../contract/contract.ts'
import type { StationState } from '../../contract/station.ts'
import type { Client } from './api.ts'

/**
 * Pairs a station as people do: opened on the hub, asked from the station, its digits typed on the hub.
 *
 * @param to an address or a pairing string; left out, the station has to find a hub
 * @throws when it does not come about in half a minute
 */
export async function pairStation(admin: Client, stationUrl: string, name: string, to?: string): Promise<void> {
  await admin.call(contract.pairing.open, {})
  const address = to ?? (await stationState(stationUrl, ({ found }) => found.length > 0)).found[0]?.addresses[0]
  await fetch(`${stationUrl}/station/join`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ to: address, name }),
  })
  const { joining } = await stationState(stationUrl, (state) => state.joining?.phase === 'digits')
  const { requests } = await admin.call(contract.pairing.state, {})
  const asking = requests.find(({ phase }) => phase === 'ready')
  if (joining?.phase !== 'digits' || !asking) throw new Error('there are no digits to type')
  const body = { digits: joining.digits, name }
  await admin.call(contract.pairing.approve, { params: { id: asking.id }, body })
  await stationState(stationUrl, ({ link }) => link.state === 'live')
}

/**
 * The state of a station, as soon as it is as said. It comes when it changes: each question waits for the next one.
 *
 * @throws with the last state when it is not so within that many seconds
 */
export async function stationState(
  url: string,
  is: (state: StationState) => unknown,
  seconds = 30,
): Promise<StationState> {
  const deadline = AbortSignal.timeout(seconds * 1000)
  let last: StationState | undefined
  for (;;) {
    const after = last ? `?after=${last.revision}` : ''
    try {
      const response = await fetch(`${url}/station/state${after}`, { signal: deadline })
      last = (await response.json()) as StationState
    } catch (error) {
      if (!deadline.aborted) throw error
      throw new Error(`not within ${seconds} s; the station's state is ${JSON.stringify(last)}`, { cause: error })
    }
    if (is(last)) return last
  }
}
