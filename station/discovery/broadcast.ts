import { createSocket } from 'node:dgram'
import { broadcastAnswer, paddedQuestion } from '../../contract/discovery.ts'
import type { Card } from '../../local/cards.ts'
import { systemCode } from '../../local/fault.ts'
import type { Asking, Hearing } from './ways.ts'

const EVERYBODY = '255.255.255.255'

/** Asks everybody on one card's network where the hub is. */
export function broadcastOn(card: Card, port: number, { heard, failed }: Hearing): Asking {
  const socket = createSocket('udp4')
  const question = paddedQuestion()
  let open = false
  let asked = false
  let usable = true
  socket.on('error', (error) => {
    usable = false
    failed(systemCode(error) ?? 'unknown')
  })
  socket.on('message', (message, { address }) => {
    const answer = broadcastAnswer.safeParse(jsonOf(message)).data
    if (answer) heard({ hubId: answer.id, address: { host: address, port: answer.port }, via: 'broadcast' })
  })
  socket.bind({ address: card.address, port: 0 }, () => {
    open = true
    socket.setBroadcast(true)
    if (asked) send()
  })
  return {
    ask: () => {
      asked = true
      if (open) send()
    },
    usable: () => usable,
    stop: () => socket.close(),
  }

  function send(): void {
    // Some networks carry only the one, some only the other.
    for (const to of new Set([card.broadcast, EVERYBODY]))
      socket.send(question, port, to, (error) => {
        if (error) failed(systemCode(error) ?? 'unknown')
      })
  }
}

function jsonOf(message: Buffer): unknown {
  try {
    return JSON.parse(message.toString('utf8'))
  } catch {
    // Anybody may send anything to a port: what is no answer is none.
    return undefined
  }
}
