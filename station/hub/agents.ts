import { Agent } from 'node:https'
import { checkServerIdentity } from 'node:tls'
import { tlsName } from '../trust/certificates.ts'
import type { Pinned } from '../trust/pinned.ts'

const MIN_TLS = 'TLSv1.3'

/** Connections that come about with the pinned hub alone, wherever it is; this computer shows its own certificate. */
export function pinnedAgent({
  hubId,
  roots,
  certificate,
  key,
}: Pick<Pinned, 'hubId' | 'roots'> & Partial<Pinned>): Agent {
  const name = tlsName(hubId)
  return new Agent({
    keepAlive: true,
    // A connection to an address where nobody is any more hangs; better a new one.
    maxCachedSessions: 0,
    minVersion: MIN_TLS,
    ca: roots,
    servername: name,
    checkServerIdentity: (_host, shown) => checkServerIdentity(name, shown),
    rejectUnauthorized: true,
    ...(certificate && key ? { cert: certificate, key } : {}),
  })
}

/** Connections with anybody, for what is a hint and no more. */
export function blindAgent(): Agent {
  return new Agent({ keepAlive: false, maxCachedSessions: 0, minVersion: MIN_TLS, rejectUnauthorized: false })
}

/** Lets what is under way come to its end, and keeps no connection after that. */
export function retire(agent: Agent): void {
  agent.maxFreeSockets = 0
  dropIdle(agent)
}

/** Closes the connections that wait for a request: they may lead nowhere any more. */
export function dropIdle(agent: Agent): void {
  for (const sockets of Object.values(agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy()
}
