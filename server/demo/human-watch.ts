import type { FeedEvent } from '../../contract/feed.ts'
import type { Client } from './api.ts'

/** Who of the staff is played, and what a person at the page has taken into their own hands. */
export type HumanWatch = {
  /** From now on an event that no played user can have caused is a person's. */
  begin(): void
  see(event: FeedEvent): void
  /** Whether a person acts as this user; for good once it was seen. */
  actsAs(client: Client): boolean
  /** Whether a person touched this record a moment ago. */
  isTouched(id: string): boolean
}

/** An answer and its event come together: later than this after the last request, it was somebody else. */
const OWN_ECHO_MS = 2_000
const TOUCHED_MS = 90_000

/** Watches the feed for people. What a played user has just asked for is taken as the player's own. */
export function createHumanWatch(clients: readonly Client[]): HumanWatch {
  const byUser = new Map(clients.map((client) => [client.userId, client]))
  const people = new Set<string>()
  const touched = new Map<string, number>()
  let watching = false
  return {
    begin: () => {
      watching = true
    },
    see: (event) => {
      if (!watching || event.actorId === null) return
      const { visits = [], appointments = [], charges = [], payments = [], patients = [], beds = [] } = event.changes
      const records = [...visits, ...appointments, ...charges, ...payments, ...patients, ...beds]
      const client = byUser.get(event.actorId)
      if (records.length === 0 || (client && client.idleMs() < OWN_ECHO_MS)) return
      people.add(event.actorId)
      for (const { id } of records) touched.set(id, performance.now())
    },
    actsAs: (client) => people.has(client.userId),
    isTouched: (id) => performance.now() - (touched.get(id) ?? Number.NEGATIVE_INFINITY) < TOUCHED_MS,
  }
}
