import { networkInterfaces } from 'node:os'

/** A network card with an IPv4 address. A clinic's network is IPv4: so are the addresses that people read out and type. */
export type Card = {
  name: string
  address: string
  netmask: string
  /** Where every computer on this card's network hears it. */
  broadcast: string
}

/** The cards that have an address now, without loopback. */
export function listCards(): Card[] {
  return Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) =>
    addresses
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
      .map(({ address, netmask }) => ({ name, address, netmask, broadcast: broadcastOf(address, netmask) })),
  )
}

/** Cards that a VPN makes, by their names: the clinic's network is on another one. */
const VPN = /^(?:tun|tap|wg|ppp|utun|ipsec|zt|tailscale|nordlynx|proton)/i

export function isVpn({ name }: Card): boolean {
  return VPN.test(name)
}

/** Only the cards of these names, now and later; all of them for `null`. */
export function cardsNamed(names: readonly string[] | null): () => Card[] {
  return names === null ? listCards : () => listCards().filter(({ name }) => names.includes(name))
}

const LOOK_MS = 2000

/**
 * Tells `changed` about the cards: at once, and whenever one came, went or got another address. No system tells of that
 * in the same way, so it is looked at every two seconds.
 *
 * @returns what stops it
 */
export function watchCards(changed: (cards: Card[]) => void, list: () => Card[] = listCards): () => void {
  let known = ''
  const look = () => {
    const cards = list()
    const now = JSON.stringify(cards)
    if (now === known) return
    known = now
    changed(cards)
  }
  const timer = setInterval(look, LOOK_MS)
  timer.unref()
  look()
  return () => clearInterval(timer)
}

function broadcastOf(address: string, netmask: string): string {
  const mask = bytesOf(netmask)
  return bytesOf(address)
    .map((byte, index) => byte | (~(mask[index] ?? 255) & 255))
    .join('.')
}

function bytesOf(dotted: string): number[] {
  return dotted.split('.').map(Number)
}
