import type { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { ProxyServer } from 'http-proxy-3'
import { Refusal } from '../../contract/errors.ts'
import { answerRefusal } from '../../local/answers.ts'
import { writeAddress } from '../hub/addresses.ts'
import type { Upstream } from '../link.ts'
import { tlsName } from '../trust/certificates.ts'

export type Forward = {
  request(request: IncomingMessage, response: ServerResponse): void
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Ends every socket: the link is not live any more. */
  cut(): void
}

export function isForwarded(url: string): boolean {
  return /^\/(?:api|socket\.io)(?:[/?]|$)/.test(url)
}

/**
 * Passes requests and sockets on to the hub over the pinned link. What is in them is looked at by the hub alone; without
 * a link they are answered at once.
 */
export function createForward(upstream: () => Upstream | undefined, suspect: () => void): Forward {
  const proxy = new ProxyServer()
  const open = new Set<Duplex>()
  // The library tells of the hub's end of a socket here and nowhere else.
  proxy.on('open', (socket) => {
    keep(socket)
    // The page's own going ends it too; then the hub is asked once for nothing.
    socket.once('close', suspect)
  })
  // The page is gone in the middle of its request: nobody waits for an answer.
  proxy.on('econnreset', (_error, _request, response) => response.destroy())
  // A page's own socket broke off, as when its browser is killed. It has ended by that, and everything else comes back
  // through the calls below; unheard, the library would throw it out of the process.
  proxy.on('error', (_error, _request, page) => page.destroy())

  return {
    request: (request, response) => {
      const to = upstream()
      if (!to) {
        answerRefusal(response, new Refusal('hub_away'))
        return
      }
      strip(request, to)
      proxy.web(request, response, optionsOf(to), (_error, _request, answer) => {
        // The page may have gone; if it has not, it is the hub that failed.
        if (!request.destroyed || !response.destroyed) suspect()
        if (answer instanceof Socket || response.headersSent) response.destroy()
        else answerRefusal(response, new Refusal('hub_away'))
      })
    },
    upgrade: (request, socket, head) => {
      const to = upstream()
      if (!to) {
        socket.destroy()
        return
      }
      keep(socket)
      strip(request, to)
      proxy.ws(request, socket, head, optionsOf(to), () => {
        if (!socket.destroyed) suspect()
        socket.destroy()
      })
    },
    cut: () => {
      for (const socket of open) socket.destroy()
    },
  }

  function keep(socket: Duplex): void {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  }
}

function optionsOf({ address, agent, hubId }: Upstream) {
  return { target: `https://${writeAddress(address)}`, agent, headers: { host: tlsName(hubId) } }
}

/**
 * Cookies on 127.0.0.1 are those of every program there, and of every hub that was ever signed in to on this computer: this
 * hub hears its own. Where a page is from is guarded here.
 */
function strip({ headers }: IncomingMessage, { hubId }: Upstream): void {
  delete headers.origin
  delete headers.referer
  if (headers.cookie === undefined) return
  const own = headers.cookie.split(';').filter((cookie) => cookie.trim().startsWith(`rt_${hubId}_`))
  if (own.length > 0) headers.cookie = own.join(';').trim()
  else delete headers.cookie
}
