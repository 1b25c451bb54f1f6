import type { Server } from 'node:http'
import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import type { Logger } from 'pino'
import { Refusal } from '../../contract/errors.ts'
import { answerJson, answerRefusal } from '../../local/answers.ts'
import { readJson } from '../../local/body.ts'
import { bug, outside } from '../../local/bug.ts'
import { guardHost, guardOrigin, guardRequest } from '../../local/guards.ts'
import { jsonApi } from '../../local/json-api.ts'
import { pages } from '../../local/pages.ts'
import { type Proof, proofRoute } from '../../local/proof.ts'
import { asOrpcError, refusalOf } from '../../local/refusals.ts'
import type { StationParts } from '../station.ts'
import { type Forward, isForwarded } from './forward.ts'
import { type StationContext, stationRoutes } from './routes.ts'

type AppOptions = {
  hosts: ReadonlySet<string>
  forward: Forward
  log: Logger
  pagesDir: string | null
  proof: Proof
  port: number
}

/** The station's loopback listener: what the hub answers, what it answers itself, and the pages. */
export function stationApp(station: StationParts, { hosts, forward, log, ...rest }: AppOptions): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use((request, response, next) => {
    response.setHeader('x-content-type-options', 'nosniff')
    response.setHeader('referrer-policy', 'no-referrer')
    try {
      guard(request, hosts)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      answerRefusal(response, error)
      return
    }
    // The hub's first: it is what people wait for.
    if (isForwarded(request.url)) forward.request(request, response)
    else next()
  })
  const answer = stationHandler(station, log)
  app.use((request, response, next) => {
    if (!request.url.startsWith('/station/')) return next()
    response.setHeader('cache-control', 'no-store')
    return answer(request, response)
  })
  app.get('/health', (_request, response) => {
    response.json({ ok: true, role: station.state.get().role, link: station.state.get().link.state })
  })
  app.use(proofRoute(rest.proof, rest.port))
  if (rest.pagesDir !== null) app.use(pages(rest.pagesDir, () => station.state.get().role))
  app.use((_request, response) => answerRefusal(response, new Refusal('not_found', { noun: 'page' })))
  // Express would answer with a stack trace. It knows an error handler by its four parameters.
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    if (response.headersSent) response.destroy()
    else answerRefusal(response, outside(error, { log }))
  })
  return app
}

/** What Socket.IO posts is no JSON, and carries its token; where it comes from is looked at all the same. */
function guard(request: Request, hosts: ReadonlySet<string>): void {
  if (/^\/socket\.io[/?]/.test(request.url)) {
    guardHost(request.headers, hosts)
    guardOrigin(request.headers)
  } else guardRequest(request, hosts)
}

/** Sockets come past the app, and are guarded alike. */
export function forwardUpgrades(http: Server, hosts: ReadonlySet<string>, forward: Forward): void {
  http.on('upgrade', (request, socket, head) => {
    // A browser that goes away in the middle of it is no fault of anybody.
    socket.on('error', () => socket.destroy())
    try {
      guardHost(request.headers, hosts)
      guardOrigin(request.headers)
    } catch (error) {
      socket.destroy()
      if (!(error instanceof Refusal)) throw error
      return
    }
    if (isForwarded(request.url ?? '')) forward.upgrade(request, socket, head)
    else socket.destroy()
  })
}

function stationHandler(station: StationParts, log: Logger) {
  const handler = jsonApi<StationContext>(stationRoutes, {
    interceptors: [
      async ({ next }) => {
        try {
          return await next()
        } catch (error) {
          throw asOrpcError(refusalOf(error) ?? bug(error, { log }))
        }
      },
    ],
  })
  return async (request: Request, response: Response): Promise<void> => {
    const { method, headers } = request
    const url = new URL(request.url, 'http://station')
    const standard = { method, url, headers, body: () => readJson(request), signal: undefined }
    const context = { station, request, response }
    const { matched, response: answer } = await handler.handle(standard, { prefix: '/station', context })
    if (!matched) answerRefusal(response, new Refusal('not_found', { noun: 'route' }))
    else answerJson(response, answer.status, answer.body)
  }
}
