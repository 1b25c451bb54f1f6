import { createServer, type Server } from 'node:http'
import { hostname } from 'node:os'
import pino, { type Logger } from 'pino'
import { Refusal } from '../contract/errors.ts'
import { OLDEST_PROTOCOL, PROTOCOL } from '../contract/protocol.ts'
import type { InstallRole, Joining, StationState } from '../contract/station.ts'
import type { Card } from '../local/cards.ts'
import { loopbackHosts } from '../local/guards.ts'
import { listenOnLoopback } from '../local/listen.ts'
import { PAGES_DIR } from '../local/pages.ts'
import type { Safe } from '../local/parent.ts'
import { localProof, tellWhere } from '../local/proof.ts'
import { DEFAULT_PORT, writeRole } from '../local/settings.ts'
import { VERSION } from '../local/version.ts'
import { createSearch, type Search } from './discovery/search.ts'
import { checkConnection } from './doctor/check.ts'
import { forwardUpgrades, stationApp } from './http/app.ts'
import { createForward, type Forward } from './http/forward.ts'
import { readAddress } from './hub/addresses.ts'
import { type HubLink, openLink } from './link.ts'
import { JoinFailed } from './pairing/answers.ts'
import { joinHub } from './pairing/join.ts'
import { readTarget } from './pairing/target.ts'
import { guardRoleChange } from './role.ts'
import { type WatchedState, watchState } from './state.ts'
import { openPinnedFile, type Pinned, type PinnedFile } from './trust/pinned.ts'

export type StationOptions = {
  dataDir: string
  /** The loopback port; 0 takes any. */
  port?: number
  /** What this computer is by its settings. */
  role?: InstallRole
  /** Where the built pages lie; `null` serves none. */
  pagesDir?: string | null
  /** The computer's own safe for the key; without one it lies in a file that only this user can read. */
  safe?: Safe
  /** What this computer calls itself. */
  computerName?: string
  clock?: () => number
  cards?: () => Card[]
  mdnsPort?: number
  broadcastPort?: number
  /** The settings say another role now: this station is to be closed and the computer started in it. */
  onRoleChange?: (role: InstallRole) => void
  log?: Logger
}

export type Station = {
  url: string
  port: number
  /** What it proves with that it is the one that listens there. */
  publicKey: string
  /** Whether its loopback port is its own: until it begins to leave. */
  isListening(): boolean
  state(): StationState
  onChange(listener: (state: StationState) => void): () => void
  /** @throws Refusal when `to` is no address, or somebody is joining already */
  join(to: string, name?: string): void
  close(): Promise<void>
}

/** What the routes of a station call. */
export type StationParts = {
  state: WatchedState
  searchAgain(): void
  join(to: string, name: string): void
  cancelJoin(): void
  check(address: string | undefined): ReturnType<typeof checkConnection>
  /** @throws Refusal when the person who asks may not */
  mayChangeRole(authorization: string | undefined): Promise<void>
  /** Forgets the hub and keeps the new role in the settings. */
  leave(role: 'hub' | 'new'): void
  /** The one who asked has their answer. */
  left(role: 'hub' | 'new'): void
}

/** Of a computer at its hub. */
const LONGEST_NAME = 60
/** As of the hub: a browser sends all cookies of 127.0.0.1. */
const LARGEST_HEADERS = 64_000

/**
 * Starts a workstation's local side and answers once it takes requests; the link comes about by itself.
 *
 * @throws Fault when something outside is in the way: the port, the folder, a file that cannot be read
 */
export async function createStation(options: StationOptions): Promise<Station> {
  const log = options.log ?? pino({ level: process.env.ANTEROOM_LOG ?? 'warn' })
  const file = await openPinnedFile(options.dataDir, options.safe)
  const proof = localProof(options.dataDir)
  const http = createServer({ maxHeaderSize: LARGEST_HEADERS })
  http.keepAliveTimeout = 65_000
  const port = await listenOnLoopback(http, options.port ?? DEFAULT_PORT)
  const running = run(http, port, { ...options, file, log, proof })
  tellWhere(options.dataDir, { port, publicKey: proof.publicKey })
  const isListening = () => http.listening
  return { url: `http://127.0.0.1:${port}`, port, publicKey: proof.publicKey, isListening, ...running }
}

type Ready = StationOptions & { file: PinnedFile; log: Logger; proof: ReturnType<typeof localProof> }

function run(http: Server, port: number, options: Ready): Pick<Station, 'state' | 'onChange' | 'join' | 'close'> {
  const { file, log, dataDir, computerName = hostname(), clock = Date.now } = options
  const { cards, mdnsPort, broadcastPort } = options
  const discovery = { cards, mdnsPort, broadcastPort, log }
  let role: InstallRole = options.role === 'new' && !file.get() ? 'new' : 'station'
  let joining: { state: Joining | null; stop: AbortController } | undefined
  let link: HubLink | undefined
  let closed = false

  const search: Search = createSearch(discovery, {
    heard: (candidate) => link?.hear(candidate),
    changed: () => state.refresh(),
    known: () => file.get(),
  })
  const state: WatchedState = watchState(look)
  const forward: Forward = createForward(
    () => link?.upstream(),
    () => link?.suspect(),
  )
  const parts: StationParts = {
    state,
    searchAgain: () => {
      if (link?.state().state !== 'live') search.start()
      link?.suspect()
    },
    join,
    cancelJoin: () => {
      joining?.stop.abort()
      joining = undefined
      state.refresh()
    },
    check: (typed) => checkConnection({ pinned: file.get(), address: addressOf(typed), discovery, clock }),
    mayChangeRole: (authorization) => guardRoleChange(link?.upstream(), authorization),
    leave,
    left: (next) => options.onRoleChange?.(next),
  }
  const hosts = loopbackHosts(port)
  const pagesDir = options.pagesDir === undefined ? PAGES_DIR : options.pagesDir
  http.on('request', stationApp(parts, { hosts, forward, log, pagesDir, proof: options.proof, port }))
  forwardUpgrades(http, hosts, forward)
  const pinned = file.get()
  if (pinned) follow(pinned)
  else search.start()

  return {
    state: state.get,
    onChange: state.onChange,
    join: (to, name = computerName.slice(0, LONGEST_NAME)) => join(to, name),
    close,
  }

  function look(): Omit<StationState, 'revision'> {
    const known = file.get()
    return {
      role,
      computerName,
      version: VERSION,
      protocol: { oldest: OLDEST_PROTOCOL, newest: PROTOCOL },
      hub: known ? { hubId: known.hubId, name: known.hubName, version: known.hubVersion } : null,
      deviceName: known?.deviceName ?? null,
      link: link?.state() ?? { state: 'none' },
      found: search.found().filter(({ hubId }) => !known || hubId === known.hubId),
      searching: search.asking(),
      joining: joining?.state ?? null,
    }
  }

  function follow(hub: Pinned): void {
    search.start()
    link = openLink(hub, {
      file,
      clock,
      log,
      changed: ({ state: now }) => {
        if (now === 'live') search.stop()
        else {
          forward.cut()
          search.start()
        }
        state.refresh()
      },
      told: () => state.refresh(),
    })
    state.refresh()
  }

  function join(to: string, name: string): void {
    const target = readTarget(to)
    if (!target) throw wrong('to', 'must be an address like 192.168.1.10, or a pairing string')
    if (file.get()) throw new Refusal('in_use', { by: 'hub' })
    if (joining && joining.state?.phase !== 'failed') throw new Refusal('in_use', { by: 'joining' })
    const mine: typeof joining = { state: { phase: 'asking', hubName: '' }, stop: new AbortController() }
    joining = mine
    state.refresh()
    const tell = (next: Joining) => {
      mine.state = next
      state.refresh()
    }
    joinHub(target, name, { clock, signal: mine.stop.signal, tell })
      .then(async (hub) => {
        if (mine.stop.signal.aborted) return
        await joined(hub)
        joining = undefined
        state.refresh()
      })
      .catch((error: unknown) => {
        if (mine.stop.signal.aborted) return
        if (!(error instanceof JoinFailed)) log.error({ err: error }, 'joining')
        tell({ phase: 'failed', problem: error instanceof JoinFailed ? error.problem : 'unreachable' })
      })
  }

  /** @throws JoinFailed `not_saved`; nothing of it is left then, and it may be tried again */
  async function joined(hub: Pinned): Promise<void> {
    try {
      await file.keep(hub)
      writeRole(dataDir, 'station')
    } catch (cause) {
      log.error({ err: cause }, 'what was joined could not be saved')
      file.forget()
      throw new JoinFailed('not_saved', { cause })
    }
    role = 'station'
    log.info({ hubId: hub.hubId }, 'joined')
    follow(hub)
  }

  function leave(next: 'hub' | 'new'): void {
    writeRole(dataDir, next)
    link?.close()
    link = undefined
    forward.cut()
    file.forget()
    state.refresh()
  }

  async function close(): Promise<void> {
    if (closed) return
    closed = true
    joining?.stop.abort()
    search.stop()
    link?.close()
    forward.cut()
    await new Promise((resolve) => {
      http.close(resolve)
      http.closeAllConnections()
    })
  }
}

function addressOf(typed: string | undefined) {
  if (typed === undefined) return undefined
  const address = readAddress(typed)
  if (!address) throw wrong('address', 'must be an address like 192.168.1.10')
  return address
}

function wrong(field: string, message: string): Refusal {
  return new Refusal('bad_input', { fields: [{ field, message }] })
}
