import type { IncomingMessage, ServerResponse } from 'node:http'
import { Refusal } from '../../contract/errors.ts'
import { answerJson, answerRefusal } from '../../local/answers.ts'
import { readJson } from '../../local/body.ts'
import { bug } from '../../local/bug.ts'
import { jsonApi } from '../../local/json-api.ts'
import { asOrpcError, refusalOf } from '../../local/refusals.ts'
import { features } from '../features.ts'
import { authorize } from './api.ts'
import { type Context, type HubParts, LOOPBACK } from './context.ts'

/** Answers everything under `/api`. */
export function apiHandler(hub: HubParts) {
  const handler = jsonApi<Context>(features, {
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
        const context = authorize(call)
        return context instanceof Promise ? context : next({ ...call, context })
      },
    ],
  })

  return async (request: IncomingMessage, response: ServerResponse, device = LOOPBACK): Promise<void> => {
    const context = {
      hub,
      request,
      response,
      device,
      read: hub.read,
      now: new Date(hub.clock()).toISOString(),
    } as Context // `authorize` adds `person` and `write` before any handler.
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
