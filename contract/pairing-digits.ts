// Both sides of a pairing compute these: the same bytes, or the digits differ.
import { PAIRING_VERSION } from './pairing.ts'

/** What both sides know once the hub has revealed its nonce. Everything is bytes. */
export type Transcript = {
  /** DER of the hub's root certificate. */
  root: Uint8Array
  hubId: string
  /** DER of the station's public key (SubjectPublicKeyInfo). */
  stationKey: Uint8Array
  hubNonce: Uint8Array
  stationNonce: Uint8Array
}

/** What the hub commits to before it has seen the station's nonce: nobody can choose a nonce to make digits fit. */
export function pairingCommitment(of: Omit<Transcript, 'stationNonce'>): Promise<Uint8Array> {
  return sha256('anteroom pairing commitment', of.hubNonce, of.root, text(of.hubId), of.stationKey)
}

/** The six digits that the station shows and the administrator types. */
export async function pairingDigits(of: Transcript): Promise<string> {
  const { root, stationKey, hubId, hubNonce, stationNonce } = of
  const hash = await sha256('anteroom pairing digits', root, stationKey, text(hubId), hubNonce, stationNonce)
  const number = new DataView(hash.buffer, hash.byteOffset).getBigUint64(0) % 1_000_000n
  return String(number).padStart(6, '0')
}

/** Each part behind its length in four bytes, so that no two lists of parts are the same bytes. */
async function sha256(purpose: string, ...parts: Uint8Array[]): Promise<Uint8Array> {
  const all = [text(`${purpose} ${PAIRING_VERSION}`), ...parts]
  const bytes = new Uint8Array(all.reduce((sum, part) => sum + 4 + part.length, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const part of all) {
    view.setUint32(at, part.length)
    bytes.set(part, at + 4)
    at += 4 + part.length
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value)
