import { install, reloadAsSoonAsServedBy, reloadIfServedByAnother } from '../live/install.ts'
import { stationApi } from './station-api.ts'
import { takeStationState, useStation } from './station-state.ts'

const RETRY_MS = 1000

/** Keeps `useStation` true, until it is stopped: each question waits at this computer until something has changed. */
export function followStation(): () => void {
  const stopped = new AbortController()
  void follow(stopped.signal)
  return () => stopped.abort()
}

async function follow(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const after = useStation.getState().state?.revision
      const state = await stationApi.state({ query: after === undefined ? {} : { after } }, { signal })
      takeStationState(state)
      // The question and the console are different pages, with what they need loaded: no state is carried over.
      if (state.role !== install) return reloadAsSoonAsServedBy(state.role, signal)
    } catch {
      // Its process is being started again, in another role perhaps. It counts its changes from the beginning then.
      if (signal.aborted) return
      useStation.setState(({ state }) => ({ state: state && { ...state, revision: -1 } }))
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
      await reloadIfServedByAnother()
    }
  }
}
