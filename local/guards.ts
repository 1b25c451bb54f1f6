import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { Refusal } from '../contract/errors.ts'

/** The names under which a loopback listener may be asked; anything else is a page trying to reach it by DNS. */
export function loopbackHosts(port: number): ReadonlySet<string> {
  return new Set([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`])
}

/** @throws Refusal when the request did not come for this listener, or from another site's page. */
export function guardRequest(request: IncomingMessage, hosts: ReadonlySet<string>): void {
  guardHost(request.headers, hosts)
  if (request.method === 'GET' || request.method === 'HEAD') return
  guardOrigin(request.headers)
  guardJson(request.headers)
}

export function guardHost(headers: IncomingHttpHeaders, hosts: ReadonlySet<string>): void {
  if (!hosts.has((headers.host ?? '').toLowerCase())) throw new Refusal('forbidden')
}

/**
 * Browsers always say where a request comes from; one that says nothing is not a page. Only the name that was asked for will
 * do: under another of our names, as `localhost` by IPv6, a page may be somebody else's who has this port there.
 */
export function guardOrigin({ origin, host = '' }: IncomingHttpHeaders): void {
  if (origin !== undefined && origin !== `http://${host.toLowerCase()}`) throw new Refusal('forbidden')
}

/** JSON only: a form of another site cannot send it without asking first. */
export function guardJson(headers: IncomingHttpHeaders): void {
  const hasBody = Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined
  if (!hasBody) return
  if (!/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '')) throw new Refusal('wrong_media_type')
}
