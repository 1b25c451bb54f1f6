import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { Refusal } from '../../contract/errors.ts'
import { guardJson } from '../../local/guards.ts'
import { tlsName } from '../trust/certificates.ts'

/** @throws Refusal when the request is not for this hub, comes from a page, or brings the API something other than JSON. */
export function guardLan({ headers, method, url = '' }: IncomingMessage, hubId: string): void {
  if (!isOwnName(headers.host ?? '', hubId)) throw new Refusal('forbidden')
  // Pages speak to their own machine alone: who says which page it comes from has no business here.
  if (headers.origin !== undefined) throw new Refusal('forbidden')
  if (method !== 'GET' && method !== 'HEAD' && !isFeed(url)) guardJson(headers)
}

/** The live feed's own requests, which carry text. */
export function isFeed(url: string): boolean {
  return url.startsWith('/socket.io/')
}

/** Any address of ours will do, since certificates are checked by name: it may have changed since it was found. */
function isOwnName(host: string, hubId: string): boolean {
  const name = /^(.+?)(?::\d{1,5})?$/.exec(host.toLowerCase())?.[1] ?? ''
  if (name === tlsName(hubId)) return true
  return isIP(name.startsWith('[') && name.endsWith(']') ? name.slice(1, -1) : name) !== 0
}

const SEARCHED = /[?#].*$/s
/** Characters of an id; nothing here is ever decoded. */
const REQUEST = '/api/pairing/requests/[0-9a-f-]{36}'
const openToAll = new RegExp(`^(?:GET /api/info|POST /api/pairing/requests|GET ${REQUEST}|POST ${REQUEST}/nonce)$`)

/** What a computer that is not paired may ask: which hub this is, and to be paired. Everything else is `not_paired`. */
export function isOpenToAll({ method = '', url = '' }: IncomingMessage): boolean {
  return openToAll.test(`${method} ${url.replace(SEARCHED, '')}`)
}
