import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { OpenAPIHandler } from '@orpc/openapi/node'
import { ORPCError } from '@orpc/server'
import { BodyLimitPlugin } from '@orpc/server/node'
import { Refusal } from '../../contract/errors.ts'
import { features } from '../features.ts'
import { asOrpcError, authorize, refusalOf } from './api.ts'
import type { Context, HubParts } from './context.ts'

/** The largest body, in bytes: an import of 500 patients, or a photo. */
const LARGEST_BODY = 1_000_000

/** Answers everything under `/api`. */
export function apiHandler(hub: HubParts) {
  const handler = new OpenAPIHandler<Context>(features, {
    plugins: [new BodyLimitPlugin({ maxBodySize: LARGEST_BODY })],
    interceptors: [
      async ({ next, context }) => {
        try {
          return await next()
        } catch (error) {
          throw asOrpcError(refusalOf(error) ?? bug(error, context.hub))
        }
      },
    ],
    clientInterceptors: [
      ({ next, ...call }) => {
        authorize(call)
        return next()
      },
    ],
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
      device: 'loopback',
      read: hub.read,
      now: new Date(hub.clock()).toISOString(),
    } as Context // `person` and `write` are put there by `authorize`, before any handler.
    const { matched } = await handler.handle(request, response, { prefix: '/api', context })
    if (!matched) answerRefusal(response, new Refusal('not_found', { noun: 'route' }))
  }
}

/** A bug: logged with a reference, and the client gets the reference and nothing else. */
export function bug(error: unknown, hub: HubParts): Refusal {
  const reference = randomUUID()
  const cause = error instanceof ORPCError && error.cause instanceof Error ? error.cause : error
  hub.log.error({ reference, ...describeBug(cause) }, 'bug')
  return new Refusal('internal', { reference })
}

/** Name, message and stack: never the values that a validation error carries, for they may be a patient's. */
function describeBug(error: unknown): { name: string; message: string; stack?: string | undefined; at?: unknown } {
  if (!(error instanceof Error)) return { name: typeof error, message: 'not an error' }
  const at =
    'issues' in error && Array.isArray(error.issues)
      ? error.issues.map(({ path, code }) => ({ path, code }))
      : undefined
  return { name: error.name, message: at ? 'an answer does not fit its schema' : error.message, stack: error.stack, at }
}

/** A refusal outside oRPC, in the same shape. */
export function answerRefusal(response: ServerResponse, refusal: Refusal): void {
  const { code, message, data } = refusal
  response.statusCode = refusal.status
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ code, message, ...(data === undefined ? {} : { data }) }))
}
