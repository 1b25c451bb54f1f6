import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { LAN_PORT } from '../../contract/discovery.ts'

export type HubAddress = { host: string; port: number }

/** Reads `192.168.1.10`, `192.168.1.10:8743`, a computer's name, or either as it stands in a browser's address bar. */
export function readAddress(typed: string): HubAddress | undefined {
  const text = typed
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/\/.*$/, '')
  const match = /^(?:\[([0-9a-f:.]+)\]|([\w.-]+))(?::(\d{1,5}))?$/i.exec(text)
  const host = match?.[1] ?? match?.[2]
  const port = Number(match?.[3] ?? LAN_PORT)
  if (!host || port < 1 || port > 65_535) return undefined
  return { host, port }
}

export function writeAddress({ host, port }: HubAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

/** The same place by number: a hub answers to those, and to its own name in TLS, and to no other. */
export async function byNumber({ host, port }: HubAddress): Promise<HubAddress> {
  if (isIP(host)) return { host, port }
  const { address } = await lookup(host, { family: 4 })
  return { host: address, port }
}
