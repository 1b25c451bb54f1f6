import { createSocket } from 'node:dgram'
import { request } from 'node:https'
import { checkServerIdentity } from 'node:tls'
import { broadcastAnswer, paddedQuestion } from '../../contract/discovery.ts'
import type { CheckStep } from '../../contract/network-check.ts'
import type { Card } from '../../local/cards.ts'
import { systemCode } from '../../local/fault.ts'
import { tlsName } from '../trust/certificates.ts'

/** Whether a question that is broadcast on a card is answered by this hub. */
export function hearsBroadcast(card: Card, port: number, hubId: string, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4')
    const late = setTimeout(() => answer(false), ms)
    socket.on('error', () => answer(false))
    socket.on('message', (message) => {
      if (broadcastAnswer.safeParse(jsonOf(message)).data?.id === hubId) answer(true)
    })
    socket.bind({ address: card.address, port: 0 }, () => {
      socket.setBroadcast(true)
      // What cannot be sent is not answered either.
      socket.send(paddedQuestion(), port, card.broadcast, () => undefined)
    })

    function answer(heard: boolean): void {
      clearTimeout(late)
      socket.removeAllListeners('error').on('error', () => undefined)
      socket.close(() => resolve(heard))
    }
  })
}

type Place = { address: string; port: number; hubId: string; root: string; ms: number }

/** Why a computer that knows this hub's root could not reach it there, as far as that shows from here. */
export function reachesItself({ address, port, hubId, root, ms }: Place): Promise<CheckStep['why'] | undefined> {
  const servername = tlsName(hubId)
  return new Promise((resolve) => {
    const asking = request(
      {
        host: address,
        port,
        path: '/api/info',
        headers: { host: servername },
        ca: root,
        servername,
        checkServerIdentity: (_host, certificate) => checkServerIdentity(servername, certificate),
        agent: false,
        timeout: ms,
      },
      (response) => {
        response.resume()
        resolve(response.statusCode === 200 ? undefined : 'not_a_hub')
      },
    )
    asking.on('timeout', () => asking.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })))
    asking.on('error', (error) => resolve(reasonOf(systemCode(error))))
    asking.end()
  })
}

function reasonOf(code: string | undefined): CheckStep['why'] {
  if (code === 'ECONNREFUSED') return 'refused'
  if (code === 'ETIMEDOUT') return 'timed_out'
  if (code === 'CERT_HAS_EXPIRED') return 'expired'
  if (code?.startsWith('ERR_TLS') || code?.includes('CERT') || code?.includes('SIGNATURE')) return 'impostor'
  return 'unreachable'
}

function jsonOf(message: Buffer): unknown {
  try {
    return JSON.parse(message.toString('utf8'))
  } catch {
    // Anybody may send anything to a port: what is no answer is none.
    return undefined
  }
}
