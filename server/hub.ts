import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import pino, { type Logger } from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { Fault, systemCode } from '../local/fault.ts'
import { loopbackHosts } from '../local/guards.ts'
import { localProof, proofRoute, tellWhere } from '../local/proof.ts'
import { DEFAULT_PORT } from '../local/settings.ts'
import { createSessions } from './auth/sessions.ts'
import { createThrottle } from './auth/throttle.ts'
import { tokenKeys } from './auth/tokens.ts'
import { startCheckpoints } from './db/checkpoint.ts'
import { type Door, openDoor } from './db/door.ts'
import { type Databases, openDatabases } from './db/open.ts'
import { sqlTags } from './db/sql.ts'
import { hubApp } from './http/app.ts'
import type { HubParts } from './http/context.ts'
import { startMaintenance } from './maintenance.ts'
import { roomsOf } from './realtime/audience.ts'
import { type LiveFeed, openLiveFeed } from './realtime/live-feed.ts'
import { trackPresence } from './staff/presence.ts'

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
  log?: Logger
}

export type Hub = {
  url: string
  port: number
  hubId: string
  /** With it this process proves to a window on this computer that it is the one that answers. */
  publicKey: string
  door: Door
  databases: Databases
  close(): Promise<void>
}

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
    const port = await listen(http, options.port ?? DEFAULT_PORT)
    return serve(http, port, databases, { ...options, log })
  } catch (error) {
    http.close()
    databases.close()
    throw error
  }
}

function serve(http: Server, port: number, databases: Databases, options: HubOptions & { log: Logger }): Hub {
  const clock = options.clock ?? Date.now
  const hosts = loopbackHosts(port)
  const identity = identify(databases, options.log)
  const keys = tokenKeys(options.dataDir)
  const proof = localProof(options.dataDir)
  const sessions = createSessions(databases.read, keys)
  let feed: LiveFeed | undefined
  let closing: Promise<void> | undefined
  const health: { fault: string | null } = { fault: null }
  const checkpoints = startCheckpoints(databases, (why) => options.log.warn({ why }, 'the log was not copied back'))
  const door = openDoor(databases.writing, {
    clock,
    publish: (events) => feed?.publish(events),
    roomsOf,
    bug: (error) => options.log.error({ err: error }, 'after a commit'),
    committed: (commands) => checkpoints.wrote(commands),
    health: (fault) => {
      if (fault && fault !== health.fault) options.log.error({ fault }, 'the database refuses to be written')
      health.fault = fault
    },
  })
  const maintenance = startMaintenance(door, databases, sessions, options)
  const hub: HubParts = {
    ...identity,
    clock,
    read: databases.read,
    readTogether: (act) => databases.reading.transaction(() => act(databases.read))(),
    door,
    keys,
    sessions,
    throttle: createThrottle(),
    strangerRefused: maintenance.strangerRefused,
    demonstration: options.demonstration ?? null,
    log: options.log,
  }
  const presence = trackPresence(door, options.log)
  // Before the feed, which takes its own path out of what was there to answer; what comes after it would answer twice.
  http.on('request', hubApp(hub, { hosts, health, proof: proofRoute(proof, port), pagesDir: options.pagesDir }))
  feed = openLiveFeed(http, () => hub, {
    hosts: () => hosts,
    clockRate: options.clockRate ?? 1,
    position: identity.position,
    presence: presence.seen,
  })
  tellWhere(options.dataDir, { port, publicKey: proof.publicKey })
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    hubId: hub.hubId,
    publicKey: proof.publicKey,
    door,
    databases,
    close: () => {
      closing ??= close()
      return closing
    },
  }

  async function close(): Promise<void> {
    await feed?.close()
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

async function listen(http: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject)
    http.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      http.off('error', reject)
      resolve()
    })
  }).catch((error: unknown) => {
    if (systemCode(error) === 'EADDRINUSE')
      throw new Fault(
        `Port ${port} is in use by another program.`,
        'Stop that program, or choose a port with --port.',
        {
          cause: error,
        },
      )
    if (systemCode(error) === 'EACCES')
      throw new Fault(`Port ${port} needs more rights than this user has.`, 'Choose a port above 1023 with --port.', {
        cause: error,
      })
    throw error
  })
  return (http.address() as AddressInfo).port
}
