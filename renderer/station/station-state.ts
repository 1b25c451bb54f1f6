import { create } from 'zustand'
import type { StationState } from '../../contract/station.ts'

/** What this computer says of itself; `null` on the hub's own computer, and before the first answer. */
export const useStation = create<{ state: StationState | null }>(() => ({ state: null }))

export const useLink = () => useStation(({ state }) => state?.link)

/** An answer that is older than what is known is not taken: a long question may be overtaken by a short one. */
export function takeStationState(state: StationState) {
  useStation.setState((known) => (known.state && known.state.revision > state.revision ? known : { state }))
}
