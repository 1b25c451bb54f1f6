import type { Context } from '../http/context.ts'
import { REFRESH_MS } from './tokens.ts'

/** Named after hub and session: cookies on 127.0.0.1 reach every port and every window (design 6). */
function cookieName(hubId: string, sessionId: string): string {
  return `rt_${hubId}_${sessionId}`
}

export function cookieOf({ hub, request }: Context, sessionId: string): string | undefined {
  const name = `${cookieName(hub.hubId, sessionId)}=`
  const found = (request.headers.cookie ?? '').split(/;\s*/).find((pair) => pair.startsWith(name))
  return found?.slice(name.length)
}

/** `null` takes the cookie away. */
export function setRefreshCookie({ hub, response }: Context, sessionId: string, token: string | null): void {
  const age = token === null ? 0 : Math.floor(REFRESH_MS / 1000)
  response.appendHeader(
    'Set-Cookie',
    `${cookieName(hub.hubId, sessionId)}=${token ?? ''}; HttpOnly; SameSite=Strict; Path=/api/auth; Max-Age=${age}`,
  )
}
