import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { contract } from './contract.ts'
import { errors } from './errors.ts'
import { clinicalNouns, connected, eventType, frame, handshake, heartbeat, nouns } from './feed.ts'
import { OLDEST_PROTOCOL, PROTOCOL } from './protocol.ts'
import { type RouteMeta, route } from './route.ts'

/** What every schema was when the protocol last changed. */
const committed = { protocol: 1, hash: '9cc02ba2e68e8ecc' }

const routes = Object.entries(contract).flatMap(([noun, procedures]) =>
  Object.entries(procedures).map(([verb, procedure]) => {
    const { route, meta, inputSchema, outputSchema, errorMap } = procedure['~orpc']
    const { method = '', path = '' } = route
    return { name: `${noun}.${verb}`, method, path, meta: meta as RouteMeta, inputSchema, outputSchema, errorMap }
  }),
)

/** Both sides of a schema: what may be sent, and what comes of it. */
function described(schema: unknown): unknown {
  if (!(schema instanceof z.ZodType)) return null
  return (['input', 'output'] as const).map((io) => z.toJSONSchema(schema, { io, unrepresentable: 'any' }))
}

function everything(): unknown {
  const named = (schemas: Record<string, unknown>) =>
    Object.entries(schemas).map(([name, schema]) => [name, described(schema)])
  return {
    routes: routes.map(({ name, method, path, inputSchema, outputSchema, errorMap }) => {
      return [name, method, path, described(inputSchema), described(outputSchema), Object.keys(errorMap).sort()]
    }),
    errors: Object.entries(errors).map(([code, error]) => [
      code,
      error.status,
      'data' in error ? described(error.data) : null,
    ]),
    feed: named({ ...nouns, eventType, frame, handshake, connected, heartbeat }),
    clinicalNouns,
  }
}

/** Independent of the order in which fields are written. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  )
}

test('the protocol version is raised whenever a schema changes', () => {
  const hash = createHash('sha256')
    .update(JSON.stringify(canonical(everything())))
    .digest('hex')
    .slice(0, 16)
  if (process.env.ANTEROOM_PROTOCOL_HASH) process.stdout.write(`\nprotocol: ${PROTOCOL}, hash: '${hash}'\n`)
  const advice =
    hash === committed.hash
      ? 'PROTOCOL was changed without any schema: write the number here too.'
      : `The contract's schemas have changed. Raise PROTOCOL in contract/protocol.ts (unless it has been raised since the last release), and write here: { protocol: ${PROTOCOL}, hash: '${hash}' }`
  expect({ protocol: PROTOCOL, hash }, advice).toEqual(committed)
})

test('the oldest protocol that is spoken is not newer than the newest', () => {
  expect(OLDEST_PROTOCOL).toBeLessThanOrEqual(PROTOCOL)
  expect(OLDEST_PROTOCOL).toBeGreaterThanOrEqual(1)
})

test('every route has a method and a path of its own', () => {
  const addresses = routes.map(({ method, path }) => `${method} ${path.replace(/\{\w+\}/g, '{}')}`)
  expect(addresses.filter((address, index) => addresses.indexOf(address) !== index)).toEqual([])
})

test.each(routes)('$name says who may and what the audit calls it', ({ method, path, meta }) => {
  expect(meta.permission).toBeTruthy()
  if (method !== 'GET') expect(meta.audit, 'what changes something is audited').toMatch(/^\w+\.\w+$/)
  if (meta.audit === null) expect(method).toBe('GET')
  if (meta.permission === 'public') expect(path).toMatch(/^\/(auth|setup|info|pairing\/requests)/)
  expect(path).toMatch(/^(\/[a-z-]+|\/\{\w+\})+$/)
})

test.each(routes)(
  '$name takes a strict object for each part, named after its path',
  ({ method, path, inputSchema }) => {
    const { params, query, body } = (inputSchema as z.ZodObject<Record<string, z.ZodType>>).shape
    for (const part of [params, query, body]) {
      const filled = { ...(part?.safeParse({}).data as object), surelyUnknown: 1 }
      const issues = part?.safeParse(filled).error?.issues ?? []
      expect(issues.some((issue) => issue.code === 'unrecognized_keys')).toBe(true)
    }
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
    expect(params instanceof z.ZodObject ? Object.keys(params.shape) : []).toEqual(inPath)
    if (method === 'GET') expect(body).not.toBeInstanceOf(z.ZodObject)
  },
)

test('two families, one operation: the queue’s routes are the visits’ under another path', () => {
  const { queue, visits } = contract
  for (const verb of ['checkIn', 'walkIn', 'setStatus', 'call'] as const) {
    const [one, other] = [queue[verb]['~orpc'], visits[verb]['~orpc']]
    expect(one.meta).toEqual(other.meta)
    expect(described(one.inputSchema)).toEqual(described(other.inputSchema))
    expect(one.outputSchema).toBe(other.outputSchema)
    expect(one.route.path).toBe(other.route.path?.replace('/visits', '/queue'))
  }
})

test('leaving out the permission or the audit of a route does not compile', () => {
  const rest = { method: 'GET', path: '/x', summary: '', input: {}, output: z.null() } as const
  // @ts-expect-error no permission
  route({ ...rest, audit: null })
  // @ts-expect-error no audit
  route({ ...rest, permission: 'public' })
  expect(route({ ...rest, permission: 'public', audit: null })['~orpc'].meta).toEqual({
    permission: 'public',
    audit: null,
    offline: false,
  })
})
