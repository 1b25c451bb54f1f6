import { randomUUID } from 'node:crypto'
import { ORPCError } from '@orpc/server'
import type { Logger } from 'pino'
import { Refusal } from '../contract/errors.ts'

type Logs = { log: Logger }

/** A bug: logged with a reference, and the client gets the reference and nothing else. */
export function bug(error: unknown, { log }: Logs): Refusal {
  const reference = randomUUID()
  const cause = error instanceof ORPCError && error.cause instanceof Error ? error.cause : error
  log.error({ reference, ...describeBug(cause) }, 'bug')
  return new Refusal('internal', { reference })
}

type Described = { name: string; message: string; stack?: string | undefined; at?: unknown }

/** Name, message and stack: never the values that went wrong, for they may be a patient's. */
function describeBug(error: unknown): Described {
  if (!(error instanceof Error)) return { name: typeof error, message: 'not an error' }
  const { name } = error
  // The stack begins with the message.
  const stack = error.stack?.slice(Math.max(0, error.stack.indexOf('\n    at ')))
  if ('issues' in error && Array.isArray(error.issues)) {
    const at = error.issues.map(({ path, code }) => ({ path, code }))
    return { name, message: 'an answer does not fit its schema', stack, at }
  }
  // What is not JSON is quoted in the words of its error.
  return { name, message: error instanceof SyntaxError ? 'what was read is not valid' : error.message, stack }
}

/** An address that cannot be read, a file that is not there or not for anybody; anything else is a bug. */
export function outside(error: unknown, logs: Logs): Refusal {
  const status = error instanceof Error && 'status' in error ? error.status : undefined
  if (status === 404 || status === 403) return new Refusal('not_found', { noun: 'page' })
  if (status === 400) return new Refusal('bad_input', { fields: [{ field: 'address', message: 'cannot be read' }] })
  return bug(error, logs)
}
