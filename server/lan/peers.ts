import type { X509Certificate } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { TLSSocket } from 'node:tls'
import type { SqlReader } from '../db/sql.ts'
import { LOOPBACK } from '../http/context.ts'
import { fingerprintOf } from '../trust/certificates.ts'

/** A computer behind a TLS connection that has proven to hold a key which a root of ours signed. */
export type Peer = {
  /** SubjectPublicKeyInfo, DER in base64url: what the device table knows it by. */
  publicKey: string
  /** The root that signed its certificate. */
  rootFingerprint: string
}

/**
 * Who is behind a connection. The certificate is verified here, and not by TLS alone, for a resumed connection would
 * bring along what was true when its first one began.
 */
export function peerOf(socket: TLSSocket, roots: readonly X509Certificate[]): Peer | undefined {
  const certificate = socket.getPeerX509Certificate()
  const root = certificate && roots.find((one) => certificate.checkIssued(one) && certificate.verify(one.publicKey))
  if (!root) return undefined
  const publicKey = certificate.publicKey.export({ type: 'spki', format: 'der' }).toString('base64url')
  return { publicKey, rootFingerprint: fingerprintOf(root.toString()) }
}

/** The device of a key, as the table has it at this moment; `undefined` for one that is not there, or was revoked. */
export function deviceOf(read: SqlReader, { publicKey }: Peer): { id: string; rootFingerprint: string } | undefined {
  return read.get<{ id: string; rootFingerprint: string }>`
    select d.id, k.rootFingerprint from deviceKeys k join devices d on d.id = k.deviceId
    where k.publicKey = ${publicKey} and d.revokedAt is null`
}

const asked = new WeakMap<IncomingMessage, string>()

/** Notes which device a request came from, for who sees it again at the end of a socket's handshake. */
export function noteDevice(request: IncomingMessage, device: string): void {
  asked.set(request, device)
}

/** The device of a request, `LOOPBACK` when it came over loopback. */
export function requestDevice(request: IncomingMessage): string {
  const device = asked.get(request)
  if (device !== undefined) return device
  if (request.socket instanceof TLSSocket) throw new Error('a request from the network without its device')
  return LOOPBACK
}
