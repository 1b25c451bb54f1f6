// Somebody in the middle of a pairing: shows the station a root of its own, and the hub a key of its own.
import { generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto'
import { createServer } from 'node:https'
import { pairingCommitment } from '../../contract/pairing-digits.ts'
import { makeLeaf, makeRoot } from '../../server/trust/certificates.ts'
import { blindAgent } from '../../station/hub/agents.ts'
import { askHub } from '../../station/hub/ask.ts'

const HOUR_MS = 3_600_000
const [host = '', hubId = ''] = process.argv.slice(2)
const address = { host, port: 8743 }
const root = await makeRoot(hubId)
const leaf = await makeLeaf(root, { hubId, epoch: 1, until: Date.now() + HOUR_MS })
const ownKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'der' })
const ownNonce = randomBytes(32)
const agent = blindAgent()

/** What the hub says to it, with what concerns its own root and nonce put in the place of the hub's. */
async function answer(method: 'GET' | 'POST', path: string, body: unknown): Promise<{ status: number; body: unknown }> {
  const ask = (sent?: unknown) =>
    askHub({ address, agent, method, path, body: sent, timeoutMs: 25_000 }).then(({ status, body: told }) => ({
      status,
      body: told as object,
    }))
  if (path === '/api/pairing/requests') {
    const { stationKey, ...rest } = body as { stationKey: string }
    const told = await ask({ ...rest, stationKey: Buffer.from(ownKey).toString('base64url') })
    const commitment = await pairingCommitment({
      hubNonce: new Uint8Array(ownNonce),
      root: new Uint8Array(new X509Certificate(root.certificate).raw),
      hubId,
      stationKey: new Uint8Array(Buffer.from(stationKey, 'base64url')),
    })
    const own = { root: root.certificate, commitment: Buffer.from(commitment).toString('base64url') }
    return { status: told.status, body: { ...told.body, ...own } }
  }
  if (path.endsWith('/nonce')) {
    const told = await ask(body)
    return { status: told.status, body: { hubNonce: ownNonce.toString('base64url') } }
  }
  return ask(body)
}

createServer({ key: leaf.key, cert: leaf.certificate }, async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString('utf8')
  const method = request.method === 'POST' ? 'POST' : 'GET'
  const told = await answer(method, request.url ?? '', text ? JSON.parse(text) : undefined)
  response.writeHead(told.status, { 'content-type': 'application/json' }).end(JSON.stringify(told.body))
}).listen(8743, () => console.log('relaying'))
