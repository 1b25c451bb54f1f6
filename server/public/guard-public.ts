import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { Refusal } from '../../contract/errors.ts'
import { guardJson } from '../../local/guards.ts'

/**
 * Pages are asked for by address: a name in `Host` is another site that has its name point here. What changes something
 * comes from a page of this listener, as JSON.
 *
 * @throws Refusal
 */
export function guardPublic({ headers, method }: IncomingMessage): void {
  const host = ownHost(headers)
  if (method === 'GET' || method === 'HEAD') return
  guardOrigin(headers, host)
  guardJson(headers)
}

/** Every socket comes from a page of this listener, or from no page at all. @throws Refusal */
export function guardPublicSocket({ headers }: IncomingMessage): void {
  guardOrigin(headers, ownHost(headers))
}

function ownHost({ host = '' }: IncomingHttpHeaders): string {
  if (!isAddress(host)) throw new Refusal('forbidden')
  return host
}

function guardOrigin({ origin }: IncomingHttpHeaders, host: string): void {
  if (origin !== undefined && origin !== `http://${host}`) throw new Refusal('forbidden')
}

function isAddress(host: string): boolean {
  return isIP(/^(.+?)(?::\d{1,5})?$/.exec(host)?.[1] ?? '') === 4
}

/** Whom a request came from: its connection says so, whatever its headers claim. */
export function addressOf({ socket }: IncomingMessage): string {
  return socket.remoteAddress ?? ''
}
