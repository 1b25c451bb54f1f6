import { createPublicKey } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import type { StationState } from '../../contract/station.ts'
import { createStation, type Station, type StationOptions } from '../../station/station.ts'
import { newDeviceKey } from '../../station/trust/device-key.ts'
import { openPinnedFile } from '../../station/trust/pinned.ts'
import type { SmallHub } from './small-hub.ts'

export type TestStation = {
  station: Station
  dataDir: string
  /** What its log holds. */
  lines: string[]
  /** Its state, as soon as it is as said. */
  until(is: (state: StationState) => unknown): Promise<StationState>
  restart(options?: Partial<StationOptions>): Promise<void>
  close(): Promise<void>
}

/** A real station on a folder of its own, which sees no network card unless told otherwise. */
export async function aStation(options: Partial<StationOptions> = {}): Promise<TestStation> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'anteroom-station-'))
  const lines: string[] = []
  const log = pino({ level: 'trace' }, { write: (line) => lines.push(line) })
  const start = (more: Partial<StationOptions> = {}) =>
    createStation({ dataDir, port: 0, pagesDir: null, cards: () => [], computerName: 'Desk', log, ...options, ...more })
  const made: TestStation = {
    station: await start(),
    dataDir,
    lines,
    until: (is) => untilState(made.station, is),
    restart: async (more) => {
      await made.station.close()
      made.station = await start(more)
    },
    close: async () => {
      await made.station.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
  return made
}

export function untilState(station: Station, is: (state: StationState) => unknown): Promise<StationState> {
  if (is(station.state())) return Promise.resolve(station.state())
  return new Promise((resolve) => {
    const stop = station.onChange((state) => {
      if (!is(state)) return
      stop()
      resolve(state)
    })
  })
}

/** A station that a small hub has paired before. */
export async function aPairedStation(hub: SmallHub, options: Partial<StationOptions> = {}): Promise<TestStation> {
  const dataDir = mkdtempSync(join(tmpdir(), 'anteroom-station-'))
  const { key, spki } = newDeviceKey()
  const known = await hub.aStation()
  const certificate = await hub.certify(known.deviceId, spki)
  const file = await openPinnedFile(dataDir)
  await file.keep({ ...known, certificate, key, address: `${hub.address}:${hub.port}` })
  return aStation({ dataDir, role: 'station', ...options })
}

export const live = ({ link }: StationState): boolean => link.state === 'live'
export const away = ({ link }: StationState): boolean => link.state === 'searching'

/** What lies in a station's file. */
function pinnedFile({ dataDir }: TestStation): { roots: string[]; key: { base64: string } } {
  return JSON.parse(readFileSync(join(dataDir, 'station/hub.json'), 'utf8'))
}

export function pinnedRoots(station: TestStation): string[] {
  return pinnedFile(station).roots
}

/** The public key of a station: SubjectPublicKeyInfo, DER. */
export function spkiOf(station: TestStation): Uint8Array {
  const pem = Buffer.from(pinnedFile(station).key.base64, 'base64')
  return new Uint8Array(createPublicKey(pem).export({ type: 'spki', format: 'der' }))
}

/** A UDP port that nobody has. */
export async function anotherPort(): Promise<number> {
  const socket = createSocket('udp4')
  await new Promise<void>((resolve) => socket.bind(0, '0.0.0.0', resolve))
  const { port } = socket.address()
  await new Promise<void>((resolve) => socket.close(() => resolve()))
  return port
}
