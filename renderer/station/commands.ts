import type { StationState } from '../../contract/station.ts'
import { api } from '../live/api.ts'
import { reloadAsSoonAsServedBy } from '../live/install.ts'
import { perform } from '../live/perform.ts'
import { t } from '../ui/i18n.ts'
import { confirm } from '../ui/questions.tsx'
import { stationApi } from './station-api.ts'
import { takeStationState } from './station-state.ts'

/** Asks the hub at that address, or of that pairing string. What comes of it is in the state. */
export const join = (to: string, name: string): Promise<void> =>
  stationApi.join({ body: { to, name } }).then(takeStationState)

export const cancelJoin = (): Promise<void> => taken(() => stationApi.cancelJoin({}))

export const searchAgain = (): Promise<void> => taken(() => stationApi.search({}))

async function taken(run: () => Promise<StationState>): Promise<void> {
  const state = await perform({ key: 'station', run })
  if (state) takeStationState(state)
}

/** Throws what the station refuses with. From then on this page waits for the new role's pages. */
export async function becomeHub(): Promise<void> {
  await stationApi.changeRole({ body: { role: 'hub' } })
  await reloadAsSoonAsServedBy('hub', new AbortController().signal)
}

/** U4: what it was paired for is thrown away, so it is asked with the verb and the name. */
export async function leaveHub(name: string): Promise<void> {
  const sure = await confirm({
    title: t('thisComputer.newTitle'),
    about: name,
    text: t('thisComputer.newText'),
    verb: t('thisComputer.newVerb', { name }),
    danger: true,
  })
  if (sure) await beginAnew()
}

/** The hub's own computer is asked anew what it is; its records stay where they are. */
export async function resignHub(name: string): Promise<void> {
  const sure = await confirm({
    title: t('thisComputer.resignTitle'),
    about: name,
    text: t('thisComputer.resignAsk'),
    verb: t('thisComputer.resignVerb', { name }),
    danger: true,
  })
  if (!sure) return
  const done = await perform({ key: 'hub.resign', run: () => api.network.resign({}) })
  if (done) await reloadAsSoonAsServedBy('new', new AbortController().signal)
}

/** A computer that was never asked again. From then on this page waits for the question. */
export async function beginAnew(): Promise<void> {
  const done = await perform({ key: 'station.role', run: () => stationApi.changeRole({ body: { role: 'new' } }) })
  if (done) await reloadAsSoonAsServedBy('new', new AbortController().signal)
}
