import type { AnyContractProcedure } from '@orpc/contract'
import * as z from 'zod'
import { contract } from '../../contract/contract.ts'
import { errors } from '../../contract/errors.ts'

type Schema<P extends AnyContractProcedure, K extends 'inputSchema' | 'outputSchema'> = Extract<
  P['~orpc'][K],
  z.ZodType
>
/** What a caller of a route gives: `params`, `query` and `body`, before defaults. */
export type ClientInput<P extends AnyContractProcedure> = z.input<Schema<P, 'inputSchema'>>
export type ClientOutput<P extends AnyContractProcedure> = z.output<Schema<P, 'outputSchema'>>

/** What the hub answered when it was not 200. */
export class Refused extends Error {
  readonly status: number
  readonly code: string
  readonly data: unknown

  constructor(route: string, status: number, code: string, data: unknown) {
    super(`${route}: ${status} ${code} ${JSON.stringify(data ?? null).slice(0, 300)}`)
    this.name = 'Refused'
    this.status = status
    this.code = code
    this.data = data
  }
}

/** Somebody at a computer of the clinic. */
export type Client = {
  /** Where that computer's pages are: the hub's own, or a station's. */
  readonly url: string
  readonly username: string
  readonly userId: string
  call<P extends AnyContractProcedure>(route: P, input: ClientInput<P>): Promise<ClientOutput<P>>
  /** The present access token, for a socket's handshake. */
  token(): Promise<string>
  /** How long ago its last request was answered; 0 while one is on its way. */
  idleMs(): number
}

type Parts = { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown }
const answerError = z.looseObject({ code: z.string(), data: z.unknown().optional() })

/** Calls a route of the contract; throws Refused for every answer that is not 200. */
export async function callRoute<P extends AnyContractProcedure>(
  hubUrl: string,
  route: P,
  input: ClientInput<P>,
  headers: Record<string, string> = {},
): Promise<{ body: ClientOutput<P>; cookies: string[] }> {
  const { method = 'POST', path = '/' } = route['~orpc'].route
  const parts = input as Parts
  const address = `${hubUrl}/api${fillPath(path, parts.params ?? {})}${queryOf(parts.query ?? {})}`
  const response = await fetch(address, {
    method,
    headers: {
      ...headers,
      ...(method === 'GET' ? {} : { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }),
    },
    body: method === 'GET' ? null : JSON.stringify(parts.body ?? {}),
  })
  const body: unknown = await response.json().catch(() => null)
  if (response.ok) return { body: body as ClientOutput<P>, cookies: response.headers.getSetCookie() }
  const error = answerError.safeParse(body)
  throw new Refused(`${method} ${path}`, response.status, error.data?.code ?? 'unknown', error.data?.data ?? body)
}

/** Signs in and stays signed in: a token is refreshed a minute before it ends. */
export async function signIn(url: string, username: string, password: string): Promise<Client> {
  const login = () => callRoute(url, contract.auth.login, { body: { username, password } })
  let { body: session, cookies } = await login()
  let renewal: Promise<void> | undefined
  let pending = 0
  let lastAnswer = Number.NEGATIVE_INFINITY
  const renew = async () => {
    const cookie = cookies.map((each) => each.split(';')[0]).join('; ')
    const refreshed = callRoute(url, contract.auth.refresh, { body: { sessionId: session.sessionId } }, { cookie })
    const answer = await refreshed.catch(login)
    session = answer.body
    if (answer.cookies.length > 0) cookies = answer.cookies
  }
  const token = async () => {
    if (Date.parse(session.expiresAt) - Date.now() < 60_000) {
      renewal ??= renew().finally(() => {
        renewal = undefined
      })
      await renewal
    }
    return session.accessToken
  }
  return {
    url,
    username,
    userId: session.user.id,
    token,
    idleMs: () => (pending > 0 ? 0 : performance.now() - lastAnswer),
    call: async (route, input) => {
      pending += 1
      try {
        return (await callRoute(url, route, input, { authorization: `Bearer ${await token()}` })).body
      } finally {
        pending -= 1
        lastAnswer = performance.now()
      }
    },
  }
}

/** Whether it was refused because of what others did meanwhile: somebody else was faster. */
export function wasTooLate(error: unknown): error is Refused {
  return error instanceof Refused && error.status === errors.stale_version.status
}

/** Runs an action for each item, at most `width` at a time, in the order of the list. */
export async function forEachOf<T>(items: Iterable<T>, width: number, action: (item: T) => Promise<unknown>) {
  const iterator = items[Symbol.iterator]()
  const worker = async () => {
    for (let step = iterator.next(); !step.done; step = iterator.next()) await action(step.value)
  }
  await Promise.all(Array.from({ length: width }, worker))
}

function fillPath(path: string, params: Record<string, unknown>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])))
}

function queryOf(query: Record<string, unknown>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  if (given.length === 0) return ''
  return `?${new URLSearchParams(given.map(([key, value]) => [key, String(value)]))}`
}
