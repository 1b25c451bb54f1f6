import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { v7 as uuidv7 } from 'uuid'
import type { StationState } from '../../contract/station.ts'
import { type Client, signIn as enter } from '../../server/demo/api.ts'
import { pairStation, stationState } from '../../server/demo/pair-station.ts'
import { type ApiClient, apiClient, signIn } from '../support/api-client.ts'
import { PASSWORD } from '../support/clinic.ts'
import { freePort, type Host, type Running } from './network.ts'

/** A hub as its command line starts it, on one computer of the network, seen by the test through its loopback port. */
export type LanHub = {
  host: Host
  url: string
  dataDir: string
  admin: ApiClient
  administrator: Client
  clinicId: string
  hubId: string
  process: Running
  restart(): Promise<void>
  stop(signal?: NodeJS.Signals): Promise<void>
}

export type LanStation = {
  host: Host
  url: string
  dataDir: string
  process: Running
  /** Its state, as soon as it is as said. @throws when it is not within that many seconds */
  until(is: (state: StationState) => unknown, seconds?: number): Promise<StationState>
  post(path: string, body?: object): Promise<Response>
  restart(): Promise<void>
}

const folders: string[] = []

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}

function aFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `anteroom-lan-${name}-`))
  folders.push(folder)
  return folder
}

const READY = /ready(?: to be set up)?: (http:\/\/127\.0\.0\.1:\d+)/

/** Starts a hub there and sets its clinic up. */
export async function startHub(host: Host, name = 'Lakeside Clinic'): Promise<LanHub> {
  const dataDir = aFolder(host.name)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const start = () => host.node('server/main.ts', '--data', dataDir, '--port', String(port))
  let process = start()
  await process.said(READY)
  await host.window(port)
  const clinicId = uuidv7()
  const clinic = { id: clinicId, name, timeZone: 'UTC', currency: 'EUR', language: 'en' } as const
  const administrator = { id: uuidv7(), username: 'admin', displayName: 'Ada Min', password: PASSWORD }
  await apiClient(url).setup.begin({ body: { clinic, administrator } })
  const { api } = await signIn(url, 'admin', PASSWORD)
  const { hubId } = await api.hub.info({})
  const hub: LanHub = {
    host,
    url,
    dataDir,
    admin: api,
    administrator: await enter(url, 'admin', PASSWORD),
    clinicId,
    hubId,
    process,
    stop: (signal) => process.stop(signal),
    restart: async () => {
      await process.stop('SIGKILL')
      process = start()
      hub.process = process
      await process.said(READY)
    },
  }
  return hub
}

/** Starts a station there, as a computer that was never asked, or as the one that a folder says. */
export async function startStation(host: Host): Promise<LanStation> {
  const dataDir = aFolder(host.name)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const start = () => host.node('station/main.ts', '--data', dataDir, '--port', String(port))
  let process = start()
  await host.window(port)
  await process.said(READY)
  const station: LanStation = {
    host,
    url,
    dataDir,
    process,
    until: (is, seconds = 20) => stationState(url, is, seconds),
    post: (path, body) =>
      fetch(`${url}/station/${path}`, {
        method: 'POST',
        ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
      }),
    restart: async () => {
      await process.stop('SIGKILL')
      process = start()
      station.process = process
      await process.said(READY)
    },
  }
  return station
}

/** Pairs as people do. The station has to find the hub if it is not told where it is. */
export function pair(hub: LanHub, station: LanStation, to?: string): Promise<void> {
  return pairStation(hub.administrator, station.url, station.host.name, to)
}

/** Waits for what no event tells of; fails when it does not come about. */
export async function eventually(what: () => Promise<boolean> | boolean, seconds: number): Promise<void> {
  const until = performance.now() + seconds * 1000
  while (!(await what())) {
    if (performance.now() > until) throw new Error(`not within ${seconds} s`)
    await wait(50)
  }
}
