import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { StandardOpenAPIHandler } from '@orpc/openapi/standard'
import { ORPCError } from '@orpc/server'
import { Refusal } from '../../contract/errors.ts'
import { readJson } from '../../local/body.ts'
import { features } from '../features.ts'
import { asOrpcError, authorize, refusalOf } from './api.ts'
import { type Context, type HubParts, LOOPBACK } from './context.ts'

/**
 * Answers everything under `/api`. Requests and answers are JSON and nothing else, so they are read and written here
 * rather than by the library's general adapter, which does far more than that (docs/decisions/0003).
 */
export function apiHandler(hub: HubParts) {
  const handler = new StandardOpenAPIHandler<Context>(features, {
    interceptors: [
      async ({ next, context }) => {
        try {
          return await next()
        } catch (error) {
          throw asOrpcError(refusalOf(error) ?? bug(error, context.hub))
        }
      },
    ],
    clientInterceptors: [({ next, ...call }) => authorize(call) ?? next()],
    customErrorResponseBodyEncoder: ({ code, message, data }) => ({
      code,
      message,
      ...(data === undefined ? {} : { data }),
    }),
  })

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const context = {
      hub,
      request,
      response,
      device: LOOPBACK,
      read: hub.read,
      now: new Date(hub.clock()).toISOString(),
    } as Context // `person` and `write` are put there by `authorize`, before any handler.
    const { method = 'GET', url = '/', headers } = request
    const standard = {
      method,
      url: new URL(url, 'http://hub'),
      headers,
      body: () => readJson(request),
      signal: undefined,
    }
    const { matched, response: answer } = await handler.handle(standard, { prefix: '/api', context })
    if (!matched) answerRefusal(response, new Refusal('not_found', { noun: 'route' }))
    else answerJson(response, answer.status, answer.body)
  }
}

function answerJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body) ?? ''
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
  response.end(text)
}

/** A bug: logged with a reference, and the client gets the reference and nothing else. */
export function bug(error: unknown, hub: HubParts): Refusal {
  const reference = randomUUID()
  const cause = error instanceof ORPCError && error.cause instanceof Error ? error.cause : error
  hub.log.error({ reference, ...describeBug(cause) }, 'bug')
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

/** A refusal outside oRPC, in the same shape. */
export function answerRefusal(response: ServerResponse, refusal: Refusal): void {
  const { code, message, data } = refusal
  answerJson(response, refusal.status, { code, message, ...(data === undefined ? {} : { data }) })
}
