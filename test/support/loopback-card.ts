import type { Card } from '../../local/cards.ts'

/** An address of loopback that stands for a network card: nothing leaves this computer. */
export function loopbackCard(address = '127.0.0.1', name = `lo-${address}`): Card {
  return { name, address, netmask: '255.0.0.0', broadcast: '127.255.255.255' }
}
