import type { HubAddress } from '../hub/addresses.ts'

/** Where a hub may be: a hint, and no more. */
export type Candidate = { hubId: string; address: HubAddress; via: 'mdns' | 'broadcast' }

export type Hearing = {
  heard(candidate: Candidate): void
  /** Something of this way does not work on this card; the system's code says why. */
  failed(code: string): void
}

/** One way of asking on one card. */
export type Asking = {
  ask(): void
  /** Whether it can still be asked: what took its port or its card away may be gone later. */
  usable(): boolean
  stop(): void
}
