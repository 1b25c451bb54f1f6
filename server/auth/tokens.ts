import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  randomBytes,
} from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createDecoder, createSigner, createVerifier } from 'fast-jwt'
import { Fault } from '../../local/fault.ts'
import { replaceFile } from '../../local/replace-file.ts'

/** What an access token says. A station can check one with the hub's public key (design 6). */
export type AccessClaims = { sub: string; sid: string; exp: number }

/** Lifetime of an access token, in milliseconds. */
export const ACCESS_MS = 10 * 60_000
/** How long a refresh token serves when it is not used, in milliseconds. */
export const REFRESH_MS = 16 * 3_600_000
/** A predecessor still serves until its successor is used, at most this long, in milliseconds. */
export const OVERLAP_MS = 30_000

export type TokenKeys = {
  sign(claims: { sub: string; sid: string }): string
  verify(token: string): AccessClaims | undefined
  /** A keyed hash: without the key nobody can try out what was hashed (a request may hold a password). */
  seal(text: string): string
  /** U8: a person's key for what they typed and the hub does not have yet; 256 bits in base64, the same as long as this hub is. */
  unsavedKeyOf(userId: string): string
}

/** The hub's signing key, made at first start and readable by its user only. */
export function tokenKeys(dataDir: string): TokenKeys {
  const key = signingKey(join(dataDir, 'keys'))
  const sign = createSigner({ key, algorithm: 'EdDSA', expiresIn: ACCESS_MS })
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'pem' })
  const verify = createVerifier({ key: publicKey, algorithms: ['EdDSA'], cache: false })
  const secretFor = (use: string) => createSecretKey(createHash('sha256').update(use).update(key).digest())
  const [sealKey, unsavedKey] = [secretFor('seal'), secretFor('unsaved')]
  return {
    seal: (text) => createHmac('sha256', sealKey).update(text).digest('base64'),
    unsavedKeyOf: (userId) => createHmac('sha256', unsavedKey).update(userId).digest('base64'),
    sign: (claims) => sign(claims),
    verify: (token) => {
      try {
        return verify(token) as AccessClaims
      } catch {
        // Forged, expired or not a token at all: to the caller all the same, nobody is signed in.
        return undefined
      }
    },
  }
}

/** The end of a token that this hub has just signed, ISO-8601. */
export function expiryOf(token: string): string {
  const claims = createDecoder()(token) as AccessClaims
  return new Date(claims.exp * 1000).toISOString()
}

export function newRefreshToken(): { token: string; hash: string } {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: refreshHash(token) }
}

export function refreshHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

function signingKey(folder: string): string {
  const file = join(folder, 'token-signing.pem')
  if (existsSync(file)) return readKey(file)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const { privateKey } = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  // A hub that is killed here finds no half of a key when it starts again.
  replaceFile(file, privateKey)
  return privateKey
}

/** @throws Fault when it is none: another would open nothing of what was sealed with this one */
function readKey(file: string): string {
  const pem = readFileSync(file, 'utf8')
  try {
    createPrivateKey(pem)
    return pem
  } catch (error) {
    throw new Fault(
      `The file ${file}, with which this hub signs people in, is damaged.`,
      'Put it back from a backup; without one, move it away, and everybody signs in again.',
      { cause: error },
    )
  }
}
