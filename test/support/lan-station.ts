import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { Agent, request as httpsRequest } from 'node:https'
import { checkServerIdentity } from 'node:tls'
import { io, type Socket } from 'socket.io-client'
import { v7 as uuidv7 } from 'uuid'
import { pairingCommitment, pairingDigits } from '../../contract/pairing-digits.ts'
import type { Card } from '../../local/cards.ts'
import { derOf, tlsName } from '../../server/trust/certificates.ts'
import { PASSWORD, type TestClinic } from './clinic.ts'
import { loopbackCard } from './loopback-card.ts'

/** Two addresses of loopback that stand for two network cards. */
export const twoCards = (): Card[] => [loopbackCard('127.0.0.1'), loopbackCard('127.0.0.2')]

/** A clinic's hub with its side of the network on loopback. */
export const onLoopback = { lanPort: 0, lan: { listCards: twoCards, findable: null, keepAwake: false } }

export type Identity = { key: string; cert: string }
export type LanAnswer = { status: number; code: string | undefined; body: unknown; cookie: string }
type Asked = {
  method?: string
  path: string
  body?: unknown
  token?: string
  headers?: Record<string, string>
  /** What the computer shows; nothing when it is not paired. */
  identity?: Identity | undefined
  address?: string
  /** The roots that it trusts; anything, when it does not say. */
  ca?: string
  agent?: Agent
}

/** One request over TLS to the hub's side of the network, on a connection of its own unless an agent is given. */
export function askLan(clinic: Pick<TestClinic, 'hub'>, asked: Asked): Promise<LanAnswer> {
  const { hub } = clinic
  const { method = 'GET', path, body, token, headers = {}, identity, ca, address = '127.0.0.1' } = asked
  const sent = body === undefined ? undefined : JSON.stringify(body)
  const trusting = ca === undefined ? { rejectUnauthorized: false } : { ca, ...checkedName(hub.hubId) }
  const agent = asked.agent ?? new Agent({ keepAlive: false })
  return new Promise((resolve, reject) => {
    const sending = httpsRequest(
      {
        host: address,
        port: hub.lan?.port,
        method,
        path,
        agent,
        ...identity,
        ...trusting,
        headers: {
          host: tlsName(hub.hubId),
          ...(sent === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(sent) }),
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...headers,
        },
      },
      (response) => {
        let text = ''
        response.on('data', (part) => {
          text += part
        })
        response.on('error', reject)
        response.on('end', () => {
          const answer = text.startsWith('{') ? (JSON.parse(text) as { code?: string }) : { code: undefined }
          const cookie = (response.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? ''
          resolve({ status: response.statusCode ?? 0, code: answer.code, body: answer, cookie })
        })
      },
    )
    sending.on('error', reject)
    sending.end(sent)
  })
}

/** A station checks the hub's name, whatever its address is. */
export function checkedName(hubId: string) {
  const servername = tlsName(hubId)
  return {
    servername,
    checkServerIdentity: (_host: string, certificate: Parameters<typeof checkServerIdentity>[1]) =>
      checkServerIdentity(servername, certificate),
  }
}

export type Keys = { key: string; stationKey: string }

export function stationKeys(): Keys {
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'der' },
  })
  return { key: privateKey, stationKey: publicKey.toString('base64url') }
}

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'))

/** The computer's side of a pairing up to the digits that it shows. */
export async function askToPair(clinic: TestClinic, keys: Keys = stationKeys(), name = 'Reception') {
  const id = uuidv7()
  const asked = await askLan(clinic, {
    method: 'POST',
    path: '/api/pairing/requests',
    body: { id, name, stationKey: keys.stationKey },
  })
  if (asked.status !== 200) throw new Error(`asking to be paired was answered with ${asked.code}`)
  const { hubId, root, commitment } = asked.body as { hubId: string; root: string; commitment: string }
  const stationNonce = randomBytes(32).toString('base64url')
  const revealed = await askLan(clinic, {
    method: 'POST',
    path: `/api/pairing/requests/${id}/nonce`,
    body: { stationNonce },
  })
  const { hubNonce } = revealed.body as { hubNonce: string }
  const of = { root: derOf(root), hubId, stationKey: bytes(keys.stationKey), hubNonce: bytes(hubNonce) }
  const committed = Buffer.from(await pairingCommitment(of)).toString('base64url')
  if (committed !== commitment) throw new Error('the hub did not keep to its commitment')
  const digits = await pairingDigits({ ...of, stationNonce: bytes(stationNonce) })
  return { id, root, digits, commitment, stationNonce, hubNonce, keys }
}

export type PairedStation = { deviceId: string; root: string; identity: Identity }

/** A computer that is paired in the way that people do it. */
export async function pairStation(
  clinic: TestClinic,
  name = `Station ${uuidv7()}`,
  keys = stationKeys(),
): Promise<PairedStation> {
  await clinic.as.administrator.pairing.open({})
  const { id, root, digits } = await askToPair(clinic, keys, name)
  await clinic.as.administrator.pairing.approve({ params: { id }, body: { digits, name } })
  const outcome = await askLan(clinic, { path: `/api/pairing/requests/${id}` })
  const { certificate, deviceId } = outcome.body as { certificate: string; deviceId: string }
  return { deviceId, root, identity: { key: keys.key, cert: certificate } }
}

/** The status of the answer to an upgrade: 101, or a refusal. */
export function upgradeStatus(
  { hub }: Pick<TestClinic, 'hub'>,
  identity?: Identity,
  headers: Record<string, string> = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const asking = httpsRequest({
      host: '127.0.0.1',
      port: hub.lan?.port,
      path: '/socket.io/?EIO=4&transport=websocket',
      agent: false,
      rejectUnauthorized: false,
      ...identity,
      headers: {
        host: tlsName(hub.hubId),
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        ...headers,
      },
    })
    asking.on('upgrade', (_response, socket) => {
      socket.destroy()
      resolve(101)
    })
    asking.on('response', (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    asking.on('error', reject)
    asking.end()
  })
}

/** Signs in at a station. */
export async function signInAt(clinic: TestClinic, { identity }: Pick<PairedStation, 'identity'>, username: string) {
  const body = { username, password: PASSWORD }
  const answer = await askLan(clinic, { method: 'POST', path: '/api/auth/login', body, identity })
  const { accessToken, sessionId } = answer.body as { accessToken: string; sessionId: string }
  return { token: accessToken, sessionId, cookie: answer.cookie }
}

/** A console's socket over a station's link. */
export function liveFeed(
  { hub, clinicId }: TestClinic,
  { identity }: Pick<PairedStation, 'identity'>,
  token: string,
  transports = ['websocket'],
): Socket {
  return io(`https://127.0.0.1:${hub.lan?.port}`, {
    transports,
    ...identity,
    rejectUnauthorized: false,
    reconnection: false,
    extraHeaders: { host: tlsName(hub.hubId) },
    auth: { token, feed: 'batched', clinicId },
  })
}
