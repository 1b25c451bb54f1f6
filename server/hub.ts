import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import pino, { type Logger } from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { loopbackHosts } from '../local/guards.ts'
import { listenOnLoopback } from '../local/listen.ts'
import { localProof, proofRoute, tellWhere } from '../local/proof.ts'
import { DEFAULT_PORT } from '../local/settings.ts'
import { openAnalyst } from './alerts/analyst.ts'
import { type AlertWatch, openAlertWatch } from './alerts/watch.ts'
import { openFileStore } from './attachments/store.ts'
import { createSessions } from './auth/sessions.ts'
import { createThrottle } from './auth/throttle.ts'
import { tokenKeys } from './auth/tokens.ts'
import { type BoardSide, openBoard } from './board/router.ts'
import { newestAudit } from './db/audit.ts'
import { startCheckpoints } from './db/checkpoint.ts'
import { type Door, openDoor } from './db/door.ts'
import { type Databases, openDatabases } from './db/open.ts'
import { sqlTags } from './db/sql.ts'
import { hubListener } from './http/app.ts'
import type { HubParts } from './http/context.ts'
import type { Lan } from './lan/lan.ts'
import { type NetworkOptions, openNetwork } from './lan/network-side.ts'
import { startMaintenance } from './maintenance.ts'
import { createPairing } from './pairing/openings.ts'
import { createPhoneTests } from './phone-pages/phone-tests.ts'
import { openPublicSide, type PublicSide } from './public/public-side.ts'
import { roomsOf } from './realtime/audience.ts'
import { type LiveFeed, openLiveFeed } from './realtime/live-feed.ts'
import { tellEach } from './realtime/tell-each.ts'
import { trackPresence } from './staff/presence.ts'
import { openTrust, type Trust } from './trust/trust.ts'
import { openWaits, type Waits } from './waits/waits.ts'

export type HubOptions = {
  dataDir: string
  /** The loopback port; 0 takes any. */
  port?: number
  /** Milliseconds; every instant of the clinic's day comes from it. Sign-in uses the real clock. */
  clock?: () => number
  /** How fast that clock runs, told to the pages. */
  clockRate?: number
  /** Who may be signed in as, shown on the sign-in page; only ever set by the demonstration. */
  demonstration?: { users: string[]; password: string }
  /** Where the built pages lie; `null` serves none. */
  pagesDir?: string | null
  /** The port on the network; `null`, as by default, opens nothing there, 0 takes any. */
  lanPort?: number | null
  lan?: NetworkOptions['lan']
  /** The port for boards and patients' phones; `null`, as by default, opens nothing, 0 takes any. */
  publicPort?: number | null
  /** An administrator gives the role of hub up: keeps that, and answers what closes the hub. */
  onResign?: () => () => void
  log?: Logger
}

export type Hub = {
  url: string
  port: number
  hubId: string
  /** With it this process proves to a window on this computer that it is the one that answers. */
  publicKey: string
  /** Whether its loopback port is its own: until it begins to leave. */
  isListening(): boolean
  /** Its side of the network. */
  lan: Lan | undefined
  /** Where boards and patients' phones are served. */
  publicSide: PublicSide | undefined
  door: Door
  databases: Databases
  close(): Promise<void>
}

/** What was asked may still be answered for this long when the hub leaves, in milliseconds. */
const LEAVING_MS = 500

/** In bytes. A browser keeps a cookie for each session that was begun in it, up to 180 (Chromium), and sends them all. */
const LARGEST_HEADERS = 64_000

/**
 * Opens the database, starts to listen on loopback and answers once requests are taken.
 *
 * @throws Fault when something outside is in the way: the port, the folder, the file, another hub.
 */
export async function createHub(options: HubOptions): Promise<Hub> {
  const log = options.log ?? pino({ level: process.env.ANTEROOM_LOG ?? 'warn' })
  const databases = openDatabases(options.dataDir)
  const http = createServer({ maxHeaderSize: LARGEST_HEADERS })
  // Consoles keep their connections; a request that never ends does not.
  http.keepAliveTimeout = 65_000
  try {
    const identity = identify(databases, log)
    const trust = await openTrust({
      folder: join(options.dataDir, 'trust'),
      ...identity,
      now: options.lan?.now ?? Date.now,
      latest: () => newestAudit(databases.read),
    })
    const port = await listenOnLoopback(http, options.port ?? DEFAULT_PORT)
    return await serve(http, port, databases, { identity, trust }, { ...options, log })
  } catch (error) {
    http.close()
    databases.close()
    throw error
  }
}

type Known = { identity: ReturnType<typeof identify>; trust: Trust }

async function serve(
  http: Server,
  port: number,
  databases: Databases,
  { identity, trust }: Known,
  options: HubOptions & { log: Logger },
): Promise<Hub> {
  const clock = options.clock ?? Date.now
  const hosts = loopbackHosts(port)
  const keys = tokenKeys(options.dataDir)
  const proof = localProof(options.dataDir)
  const sessions = createSessions(databases.read, keys)
  let feed: LiveFeed | undefined
  let waits: Waits | undefined
  let alertWatch: AlertWatch | undefined
  let board: BoardSide | undefined
  let closing: Promise<void> | undefined
  const health: { fault: string | null } = { fault: null }
  const checkpoints = startCheckpoints(databases, (why) => options.log.warn({ why }, 'the log was not copied back'))
  const afterCommitBug = (error: unknown) => options.log.error({ err: error }, 'after a commit')
  const door = openDoor(databases.writing, {
    clock,
    publish: (events) =>
      tellEach(
        [feed?.publish, board?.publish, waits?.heard, alertWatch?.heard, hub.publicSide?.publish],
        events,
        afterCommitBug,
      ),
    roomsOf,
    bug: afterCommitBug,
    committed: (commands) => checkpoints.wrote(commands),
    health: (fault) => {
      if (fault && fault !== health.fault) options.log.error({ fault }, 'the database refuses to be written')
      health.fault = fault
    },
  })
  const maintenance = startMaintenance(door, databases, sessions, options)
  const readTogether: HubParts['readTogether'] = (act) => databases.reading.transaction(() => act(databases.read))()
  const estimates = openWaits({ door, clock, readTogether, log: options.log })
  waits = estimates
  const analyst = openAnalyst(databases)
  const files = openFileStore({ dataDir: options.dataDir, read: databases.read, log: options.log })
  const hub: HubParts = {
    ...identity,
    dataDir: options.dataDir,
    clock,
    read: databases.read,
    readTogether,
    door,
    keys,
    sessions,
    throttle: createThrottle(),
    trust,
    waits: estimates,
    analyst,
    files,
    pairing: createPairing({ hubId: identity.hubId, clock, root: trust.root }),
    lan: undefined,
    findable: undefined,
    publicSide: undefined,
    phoneTests: createPhoneTests(),
    strangerRefused: maintenance.strangerRefused,
    demonstration: options.demonstration ?? null,
    resign: options.onResign,
    log: options.log,
  }
  const presence = trackPresence(door, options.log)
  alertWatch = openAlertWatch({ ...hub, clockRate: options.clockRate ?? 1 })
  board = openBoard(hub, { clockRate: options.clockRate ?? 1, pagesDir: options.pagesDir })
  // Before the feed, which takes its own path out of what was there to answer; what comes after it would answer twice.
  const parts = { hosts, health, proof: proofRoute(proof, port), board: board.router, pagesDir: options.pagesDir }
  http.on('request', hubListener(hub, parts))
  feed = openLiveFeed(http, () => hub, {
    hosts: () => hosts,
    clockRate: options.clockRate ?? 1,
    position: identity.position,
    presence: presence.seen,
  })
  tellWhere(options.dataDir, { port, publicKey: proof.publicKey })
  const network = await openNetwork(hub, feed, { lanPort: options.lanPort ?? null, lan: options.lan }).catch(
    async (error: unknown) => {
      await stop()
      throw error
    },
  )
  await openPublic().catch(async (error: unknown) => {
    await close()
    throw error
  })
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    lan: hub.lan,
    publicSide: hub.publicSide,
    hubId: hub.hubId,
    publicKey: proof.publicKey,
    isListening: () => http.listening,
    door,
    databases,
    close: () => {
      closing ??= close()
      return closing
    },
  }

  async function openPublic(): Promise<void> {
    const { publicPort = null, pagesDir, lan } = options
    if (publicPort === null || !board) return
    const { listCards, now } = lan ?? {}
    hub.publicSide = await openPublicSide(hub, { port: publicPort, pagesDir, listCards, now, routers: [board.router] })
  }

  async function close(): Promise<void> {
    await hub.publicSide?.close()
    await network.close()
    await stop()
  }

  async function stop(): Promise<void> {
    // Browsers hold connections ready that never ask anything: they would keep a leaving hub for a minute.
    board?.close()
    const patience = setTimeout(() => http.closeAllConnections(), LEAVING_MS)
    await feed?.close()
    await waits?.close()
    await alertWatch?.close()
    await analyst.close()
    await files.close()
    clearTimeout(patience)
    await presence.close()
    await maintenance.close()
    await door.close()
    await checkpoints.close()
    http.closeAllConnections()
    databases.close()
  }
}

/** Who this hub is; made at first start, and for ever. */
function identify({ writing, read }: Databases, log: Logger) {
  const known = read.get<{ hubId: string; epoch: number; feed: string }>`select hubId, epoch, feed from hub`
  const identity = known ?? { hubId: uuidv7(), epoch: 1, feed: uuidv7() }
  if (!known) {
    const { hubId, epoch, feed } = identity
    sqlTags(writing).run`
      insert into hub (one, hubId, epoch, feed, nextPatientNumber) values (1, ${hubId}, ${epoch}, ${feed}, 1)`
    log.info({ hubId }, 'a new hub')
  }
  const { position } = read.get<{ position: number }>`
    select coalesce((select seq from sqlite_sequence where name = 'events'), 0) as position` ?? { position: 0 }
  return { ...identity, position }
}
