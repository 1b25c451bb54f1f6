import { oc } from '@orpc/contract'
import * as z from 'zod'
import { type ErrorCode, errors } from './errors.ts'
import type { Access } from './permissions.ts'

/** What the hub, the station and the documentation derive from a route besides its types. */
export type RouteMeta = {
  permission: Access
  /** What the audit calls it; `null` for a read that leaves no trace. */
  audit: string | null
  /** Whether a station may accept it while the hub is away. */
  offline: boolean
}

type Shape = z.ZodRawShape
type Parts = { params?: Shape; query?: Shape; body?: Shape }
type Nothing = z.ZodOptional<z.ZodObject<Record<never, never>, z.core.$strict>>
type Part<P extends Parts, K extends keyof Parts> = P[K] extends Shape ? z.ZodObject<P[K], z.core.$strict> : Nothing

type Definition<P extends Parts, Output extends z.ZodType, Code extends ErrorCode> = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: `/${string}`
  summary: string
  permission: Access
  audit: string | null
  offline?: boolean
  /** Path, query and body stay apart, so that a body can never override a path; each is strict. */
  input: P
  output: Output
  errors?: readonly Code[]
}

/**
 * One operation of the API. Leaving out `permission` or `audit` does not compile: `'public'` and `null` must be written.
 */
export function route<const P extends Parts, Output extends z.ZodType, const Code extends ErrorCode = never>(
  definition: Definition<P, Output, Code>,
) {
  const { method, path, summary, permission, audit, offline = false } = definition
  const declared = Object.fromEntries((definition.errors ?? []).map((code) => [code, errors[code]])) as Pick<
    typeof errors,
    Code
  >
  return oc
    .$meta<RouteMeta>({ permission, audit, offline })
    .route({ method, path, summary, tags: [path.split('/')[1] ?? ''], inputStructure: 'detailed', successStatus: 200 })
    .errors(declared)
    .input(inputSchema(definition.input))
    .output(definition.output)
}

/** Parts that a route does not name are refused when they carry anything. */
function inputSchema<P extends Parts>(parts: P) {
  const part = <K extends keyof Parts>(key: K) => {
    const shape = parts[key]
    return (shape ? z.strictObject(shape) : z.strictObject({}).optional()) as unknown as Part<P, K>
  }
  return z.object({ params: part('params'), query: part('query'), body: part('body') })
}

type Whole<S extends Shape> = { [K in keyof S]: S[K] extends z.ZodDefault<infer Inner> ? Inner : S[K] }

/**
 * The fields of an update, which replaces a record: all of them are sent. A default would quietly put back what the
 * sender did not know about.
 */
export function whole<S extends Shape>(fields: S): Whole<S> {
  const entries = Object.entries(fields).map(([name, schema]) => [
    name,
    schema instanceof z.ZodDefault ? schema.unwrap() : schema,
  ])
  return Object.fromEntries(entries) as Whole<S>
}
