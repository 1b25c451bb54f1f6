// Another program on this computer can listen on our port before we do and show its own sign-in form. So a window loads
// a port only when whoever answers there proves a secret that lies in the protected data folder.
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import express, { type Router } from 'express'
import * as z from 'zod'
import { replaceFile } from './replace-file.ts'

/** Set in the environment of what the system runs as a service. */
export const SERVICE = 'ANTEROOM_SERVICE'

export const PROOF_PATH = '/health/proof'

export type Proof = {
  /** SubjectPublicKeyInfo in base64url. */
  publicKey: string
  answer(nonce: string, port: number): string
}

const nonces = /^[\w-]{43}$/
const PROOF_TIMEOUT_MS = 3000
/** In characters; a proof is a tenth of it. */
const LONGEST_ANSWER = 1000

/** This install's secret, made once and readable by its user only. */
export function localProof(dataDir: string): Proof {
  const file = join(dataDir, 'local.key')
  const key = readKey(file) ?? makeKey(dataDir, file)
  return {
    publicKey: createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64url'),
    answer: (nonce, port) => sign(null, asked(nonce, port), key).toString('base64url'),
  }
}

/** `undefined` when there is none, or what is left of one: windows hear of another as of a new one. */
function readKey(file: string): KeyObject | undefined {
  if (!existsSync(file)) return undefined
  const pem = readFileSync(file)
  try {
    return createPrivateKey(pem)
  } catch {
    return undefined
  }
}

function makeKey(dataDir: string, file: string): KeyObject {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const { privateKey } = generateKeyPairSync('ed25519')
  replaceFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }))
  return privateKey
}

/** `GET /health/proof?nonce=`: loopback only. The port is part of it, so that nobody can pass the question on. */
export function proofRoute(proof: Proof, port: number): Router {
  const router = express.Router()
  router.get(PROOF_PATH, ({ query: { nonce } }, response) => {
    response.setHeader('cache-control', 'no-store')
    if (typeof nonce !== 'string' || !nonces.test(nonce))
      response.status(400).json({ code: 'bad_input', message: 'nonce must be 32 bytes in base64url' })
    else response.json({ proof: proof.answer(nonce, port) })
  })
  return router
}

const answered = z.strictObject({ proof: z.string().max(200) })

/** Who answers on a loopback port: `proven`, an `impostor`, or `nobody`. */
export async function whoAnswers(port: number, publicKey: string): Promise<'proven' | 'impostor' | 'nobody'> {
  const nonce = randomBytes(32).toString('base64url')
  let response: Response
  try {
    response = await fetch(`http://127.0.0.1:${port}${PROOF_PATH}?nonce=${nonce}`, {
      redirect: 'error',
      signal: AbortSignal.timeout(PROOF_TIMEOUT_MS),
    })
  } catch {
    // Refused, cut off or too slow: whatever it is, there is nothing to load.
    return 'nobody'
  }
  const answer = answered.safeParse(await shortJson(response)).data
  return answer && isProof(answer.proof, nonce, port, publicKey) ? 'proven' : 'impostor'
}

/** Whoever answers may be anybody, and would go on for ever: no more is read than a proof is long. */
async function shortJson({ body }: Response): Promise<unknown> {
  const decoder = new TextDecoder()
  let text = ''
  try {
    for await (const part of body ?? []) {
      text += decoder.decode(part, { stream: true })
      if (text.length > LONGEST_ANSWER) return undefined
    }
    return JSON.parse(text)
  } catch {
    // Cut off, too slow, or not JSON: no proof.
    return undefined
  }
}

function isProof(proof: string, nonce: string, port: number, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64url'), type: 'spki', format: 'der' })
    return verify(null, asked(nonce, port), key, Buffer.from(proof, 'base64url'))
  } catch {
    // What is said to be a key is none: nobody can prove anything with it.
    return false
  }
}

function asked(nonce: string, port: number): Buffer {
  return Buffer.from(`anteroom local proof 1\n${port}\n${nonce}`)
}

const here = z.strictObject({
  port: z.int().min(1).max(65_535),
  publicKey: z.base64url(),
  /** The system runs it, also while nobody is signed in: whoever opens a window waits for it rather than start another. */
  service: z.boolean(),
})
export type Here = z.infer<typeof here>

/** Where a data folder says who serves it. */
export function hereFile(dataDir: string): string {
  return join(dataDir, 'public', 'here.json')
}

/**
 * Writes where this process listens and what it proves itself with into the one folder that other users of the computer
 * may read; only who may write the data folder can put it there.
 */
export function tellWhere(dataDir: string, { port, publicKey }: Omit<Here, 'service'>): void {
  const file = hereFile(dataDir)
  const where = { port, publicKey, service: process.env[SERVICE] === '1' } satisfies Here
  mkdirSync(dirname(file), { recursive: true })
  // What is said already needs no place on a disk that may be full.
  if (!isDeepStrictEqual(readHere(dataDir), where)) replaceFile(file, JSON.stringify(where), 0o644)
  // Said outright: a service's own files are nobody else's by default.
  chmodSync(dirname(file), 0o755)
  chmodSync(file, 0o644)
  // As systemd and the Windows installer leave it; launchd makes no folder. Nothing else in it is anybody's (make-folder.ts).
  if (where.service && process.platform !== 'win32') chmodSync(dataDir, 0o711)
}

/** `undefined` when nobody has ever served that folder. */
export function readHere(dataDir: string): Here | undefined {
  const file = hereFile(dataDir)
  if (!existsSync(file)) return undefined
  try {
    return here.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // Half written by a power cut, or of another version: as good as none.
    return undefined
  }
}
