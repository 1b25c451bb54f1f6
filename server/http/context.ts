import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import type { Analyst } from '../alerts/analyst.ts'
import type { FileStore } from '../attachments/store.ts'
import type { Person } from '../auth/person.ts'
import type { Sessions } from '../auth/sessions.ts'
import type { Throttle } from '../auth/throttle.ts'
import type { TokenKeys } from '../auth/tokens.ts'
import type { Door, W } from '../db/door.ts'
import type { SqlReader } from '../db/sql.ts'
import type { Findable } from '../lan/findable.ts'
import type { Lan } from '../lan/lan.ts'
import type { Pairing } from '../pairing/openings.ts'
import type { PhoneTests } from '../phone-pages/phone-tests.ts'
import type { PublicSide } from '../public/public-side.ts'
import type { Trust } from '../trust/trust.ts'
import type { Waits } from '../waits/waits.ts'

/** The device of whoever sits at the hub's own computer. */
export const LOOPBACK = 'loopback'
/** Any computer on the network that is not paired. */
export const UNPAIRED = 'unpaired'

/** The hub's own parts, for the few routes that need more than a query or a command. */
export type HubParts = {
  dataDir: string
  hubId: string
  epoch: number
  feed: string
  clock: () => number
  read: SqlReader
  /** Runs reads in one transaction, so that they belong to one moment. */
  readTogether<T>(act: (sql: SqlReader) => T): T
  door: Door
  keys: TokenKeys
  sessions: Sessions
  throttle: Throttle
  trust: Trust
  pairing: Pairing
  /** Q11 */
  waits: Waits
  /** What was attached, beside the database. */
  files: FileStore
  /** L5 */
  analyst: Analyst
  /** The hub's side of the network; `undefined` where it has none, and until it is open. */
  lan: Lan | undefined
  /** How stations find it there. */
  findable: Findable | undefined
  /** The listener for boards and patients' phones; `undefined` where there is none, and until it is open. */
  publicSide: PublicSide | undefined
  phoneTests: PhoneTests
  /** Counts a refused stranger; counts are written together, now and then (design 3). */
  strangerRefused(action: string): void
  demonstration: { users: string[]; password: string } | null
  /** Gives the role of hub up, and answers what ends it; `undefined` where somebody else decides what this process is. */
  resign: (() => () => void) | undefined
  log: Logger
}

/** What is known of a request before anybody asks who sends it. */
export type RequestContext = {
  hub: HubParts
  request: IncomingMessage
  response: ServerResponse
  /** Which computer the request came from: a paired device's id, `LOOPBACK` or `UNPAIRED`. */
  device: string
  read: SqlReader
  /** The instant of this request, ISO-8601. */
  now: string
}

/** What the handler of a route gets besides its input. */
export type Context = RequestContext & {
  /** Who is signed in. Routes that are `public` must not use it. */
  person: Person
  /** Runs a command as this person under the name that the route has in the audit. */
  write<T>(command: (w: W<Person>) => T): Promise<Awaited<T>>
}
