import { ORPCError } from '@orpc/client'
import type { ErrorCode } from '../../contract/errors.ts'
import { HubAway, Refused } from './refused.ts'

/** A refusal's body as the link's error, or `null` when the answer is no refusal. */
export function decodeRefusal(body: unknown): ORPCError<string, unknown> | null {
  if (!isErrorBody(body)) return null
  return new ORPCError(body.code, { message: body.message, data: body.data })
}

/** `Refused`, or `HubAway` when nobody answered, or a station answered for a hub that it cannot reach. */
export function asKnownError(error: unknown): Error {
  if (error instanceof ORPCError) {
    if (error.code === ('hub_away' satisfies ErrorCode)) return new HubAway(error)
    return new Refused(error.code as ErrorCode, error.message, error.data as never)
  }
  if (error instanceof DOMException && error.name === 'AbortError') return error
  return new HubAway(error)
}

function isErrorBody(body: unknown): body is { code: string; message: string; data?: unknown } {
  return typeof body === 'object' && body !== null && 'code' in body && 'message' in body
}
