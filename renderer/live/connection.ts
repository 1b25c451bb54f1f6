import { create } from 'zustand'

/** U6: what the pill in the header says. */
export type Connection = {
  state: 'live' | 'catching_up' | 'offline'
  /** Since when it is so, milliseconds of the hub's clock. */
  since: number
  /** Until when what the page shows is known to be true. */
  asOf: number | null
}

export const useConnection = create<Connection>(() => ({ state: 'catching_up', since: Date.now(), asOf: null }))
