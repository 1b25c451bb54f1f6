import type { IncomingMessage, ServerResponse } from 'node:http'
import { StandardOpenAPIHandler } from '@orpc/openapi/standard'
import { Refusal } from '../../contract/errors.ts'
import { answerJson, answerRefusal, refusalBody } from '../../local/answers.ts'
import { readJson } from '../../local/body.ts'
import { bug } from '../../local/bug.ts'
import { asOrpcError, refusalOf } from '../../local/refusals.ts'
import { features } from '../features.ts'
import { authorize } from './api.ts'
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
    customErrorResponseBodyEncoder: refusalBody,
  })

  return async (request: IncomingMessage, response: ServerResponse, device = LOOPBACK): Promise<void> => {
    const context = {
      hub,
      request,
      response,
      device,
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
