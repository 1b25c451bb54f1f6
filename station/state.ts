import type { StationState } from '../contract/station.ts'

export type WatchedState = {
  get(): StationState
  /** Looks at what it is now, and tells whoever waits when that is another. */
  refresh(): void
  /** The state as soon as its revision is another than `after`; after `ms`, whatever it is. */
  next(after: number | undefined, ms: number, signal: AbortSignal): Promise<StationState>
  onChange(listener: (state: StationState) => void): () => void
}

/** What pages see of a station, counted so that they can wait for what comes next. */
export function watchState(look: () => Omit<StationState, 'revision'>): WatchedState {
  let state: StationState = { revision: 1, ...look() }
  const listeners = new Set<(state: StationState) => void>()
  const onChange = (listener: (state: StationState) => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  return {
    get: () => state,
    refresh: () => {
      const { revision } = state
      const next = { revision, ...look() }
      if (JSON.stringify(next) === JSON.stringify(state)) return
      state = { ...next, revision: revision + 1 }
      for (const listener of [...listeners]) listener(state)
    },
    next: (after, ms, signal) => {
      if (after !== state.revision || signal.aborted) return Promise.resolve(state)
      return new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer)
          forget()
          signal.removeEventListener('abort', end)
          resolve(state)
        }
        const forget = onChange(end)
        const timer = setTimeout(end, ms)
        signal.addEventListener('abort', end)
      })
    },
    onChange,
  }
}
