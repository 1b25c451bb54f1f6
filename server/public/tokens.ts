import { timingSafeEqual } from 'node:crypto'
import { publicToken } from '../../contract/public.ts'
import { id } from '../../contract/values.ts'
import type { TokenKeys } from '../auth/tokens.ts'

/** What a token opens: a ticket's page or an appointment slip's. One never opens the other. */
export type TokenKind = 'ticket' | 'slip'

const ID_BYTES = 16
const PROOF_BYTES = 16

/**
 * The token of a visit or an appointment: its id and 128 bits that only this hub can make of it. Nothing is stored, so a
 * check-in pays nothing for it, and a ticket given at a station without the hub has one all the same.
 */
export function tokenOf(keys: TokenKeys, kind: TokenKind, recordId: string): string {
  const bytes = Buffer.from(recordId.replaceAll('-', ''), 'hex')
  return Buffer.concat([bytes, proofOf(keys, kind, recordId)]).toString('base64url')
}

/** The id that a token stands for; `undefined` when this hub never made it. */
export function idOfToken(keys: TokenKeys, kind: TokenKind, token: unknown): string | undefined {
  const written = publicToken.safeParse(token)
  if (!written.success) return undefined
  const bytes = Buffer.from(written.data, 'base64url')
  const recordId = uuidOf(bytes.subarray(0, ID_BYTES))
  const proven = timingSafeEqual(bytes.subarray(ID_BYTES), proofOf(keys, kind, recordId))
  return proven && id.safeParse(recordId).success ? recordId : undefined
}

// What else is sealed with this key begins with a bracket or is a hash: it can't be taken for this.
function proofOf(keys: TokenKeys, kind: TokenKind, recordId: string): Buffer {
  return Buffer.from(keys.seal(`${kind} ${recordId}`), 'base64').subarray(0, PROOF_BYTES)
}

function uuidOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
