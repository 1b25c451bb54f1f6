import { ORPCError, ValidationError } from '@orpc/server'
import { errors, Refusal } from '../contract/errors.ts'

/** Any error of a call, as what its client gets: an expected refusal or bad input; `undefined` when it is a bug. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (!(error instanceof ORPCError)) return undefined
  if (error.code !== 'BAD_REQUEST') return undefined
  if (error.cause instanceof ValidationError)
    return new Refusal('bad_input', { fields: error.cause.issues.flatMap(fieldsOf) })
  return new Refusal('bad_input', { fields: [{ field: 'body', message: 'must be valid JSON' }] })
}

type Issue = { path?: readonly unknown[] | undefined; message: string; keys?: unknown }

/** What is wrong, by the fields' names; fields that nobody knows are named one by one. */
function fieldsOf({ path = [], message, keys }: Issue): { field: string; message: string }[] {
  const unknown: unknown[] = Array.isArray(keys) ? keys : []
  if (unknown.length === 0) return [{ field: nameOf(path), message }]
  return unknown.map((key) => ({ field: nameOf([...path, key]), message: 'is not known here' }))
}

function nameOf(steps: readonly unknown[]): string {
  const path = steps.map((step) =>
    typeof step === 'object' && step !== null && 'key' in step ? String(step.key) : String(step),
  )
  // The part (`body`) is how HTTP carries it; a person knows the field.
  const named = path.length > 1 && ['params', 'query', 'body'].includes(path[0] ?? '') ? path.slice(1) : path
  return named.join('.') || 'body'
}

export function asOrpcError(refusal: Refusal): ORPCError<string, unknown> {
  const { status } = errors[refusal.code]
  return new ORPCError(refusal.code, { status, message: refusal.message, data: refusal.data })
}
