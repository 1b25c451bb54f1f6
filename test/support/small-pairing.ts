import { randomBytes, X509Certificate } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { pairingCommitment, pairingDigits } from '../../contract/pairing-digits.ts'
import type { SmallHub } from './small-hub.ts'

type Asked = { id: string; name: string; stationKey: string }

/** What a pairing may be made to do wrong. */
export type Twist = {
  /** Tells this root (PEM) instead of its own. */
  root?: string
  hubId?: string
  breakCommitment?: boolean
  /** Certifies this key instead of the station's. */
  certify?: Uint8Array
  /** How it ends, instead of with a certificate. */
  outcome?: [number, unknown]
}

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

/** Lets a small hub take part in pairings (design 7) as its contract says. Answers what it knows of the latest one. */
export function pairs(hub: SmallHub, twist: Twist = {}) {
  const known = { digits: '', name: '', approve: (): void => undefined }
  const approved = new Promise<void>((resolve) => {
    known.approve = resolve
  })
  const hubNonce = new Uint8Array(randomBytes(32))
  let stationKey = new Uint8Array()
  const told = () => twist.root ?? hub.root.certificate
  const transcript = () => {
    const root = new Uint8Array(new X509Certificate(told()).raw)
    return { root, hubId: twist.hubId ?? hub.hubId, stationKey, hubNonce }
  }
  Object.assign(hub.answers, {
    'POST /api/pairing/requests': async (body: Asked) => {
      stationKey = new Uint8Array(Buffer.from(body.stationKey, 'base64url'))
      known.name = body.name
      const commitment = base64url(await pairingCommitment(transcript()))
      return [200, { hubId: twist.hubId ?? hub.hubId, name: hub.info.name, root: told(), commitment }]
    },
    'POST /api/pairing/requests/ID/nonce': async ({ stationNonce }: { stationNonce: string }) => {
      const nonce = new Uint8Array(Buffer.from(stationNonce, 'base64url'))
      known.digits = await pairingDigits({ ...transcript(), stationNonce: nonce })
      return [200, { hubNonce: base64url(twist.breakCommitment ? randomBytes(32) : hubNonce) }]
    },
    'GET /api/pairing/requests/ID': async () => {
      if (twist.outcome) return twist.outcome
      await approved
      const deviceId = uuidv7()
      const certificate = await hub.certify(deviceId, twist.certify ?? stationKey)
      return [200, { phase: 'approved', certificate, deviceId, deviceName: 'Reception 1' }]
    },
  })
  return known
}
