import { readPairingString } from '../../contract/discovery.ts'
import { type HubAddress, readAddress } from '../hub/addresses.ts'

/** Whom to ask: a place; a pairing string says besides who has to be there. */
export type Target = { addresses: HubAddress[]; hubId?: string; fingerprint?: string }

/** `undefined` when it is neither an address nor a pairing string. */
export function readTarget(to: string): Target | undefined {
  const pairing = readPairingString(to)
  if (!pairing) {
    const address = readAddress(to)
    return address && { addresses: [address] }
  }
  const addresses = pairing.addresses.flatMap((text) => readAddress(text) ?? [])
  return addresses.length > 0 ? { ...pairing, addresses } : undefined
}
