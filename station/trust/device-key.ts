import { generateKeyPairSync } from 'node:crypto'

export type DeviceKey = {
  /** The private key, PEM. */
  key: string
  /** The public key: SubjectPublicKeyInfo, DER. */
  spki: Uint8Array
}

/** A P-256 key for one pairing: another hub, or another try, gets another key. */
export function newDeviceKey(): DeviceKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'der' },
  })
  return { key: privateKey, spki: new Uint8Array(publicKey) }
}
