import { createSocket, type Socket } from 'node:dgram'
import type { EventEmitter } from 'node:events'
import { Bonjour } from 'bonjour-service'
import type { Card } from './cards.ts'
import { systemCode } from './fault.ts'

/** Where mDNS is spoken, and by which group. */
export const MDNS_PORT = 5353
const GROUP = '224.0.0.251'

/** The library on one card alone: it joins on all and sends on one, so each card has an instance of its own. */
export type Speaking = {
  bonjour: Bonjour
  /** A card that was pulled and put back is another one to the system: what was joined on it before is over. */
  rejoin(): void
}

/** @param broken its socket cannot be used: another program holds the port, the card is gone */
export function speakOn(card: Card, port: number, broken: (error: unknown) => void): Speaking {
  const socket = createSocket({ type: 'udp4', reuseAddr: true })
  let open = false
  socket.once('listening', () => {
    open = true
  })
  socket.once('close', () => {
    open = false
  })
  const options = { interface: card.address, bind: '0.0.0.0', port, socket }
  const bonjour = new Bonjour(options, broken)
  // The library gives no other way to its socket's errors. Unheard, a port that is taken would end the process.
  const { mdns } = (bonjour as unknown as { server: { mdns: EventEmitter } }).server
  mdns.on('error', broken)
  return { bonjour, rejoin: () => open && joinAgain(socket, card.address) }
}

/** Whether the group had to be joined: not where this socket is in it already, and not on a card that is gone. */
export function joinAgain(socket: Socket, address: string): boolean {
  try {
    socket.addMembership(GROUP, address)
    socket.setMulticastInterface(address)
    return true
  } catch (error) {
    if (systemCode(error) === undefined) throw error
    return false
  }
}
