import type { RequestListener, ServerResponse } from 'node:http'
import express, { type Express, type NextFunction, type Request, type Response, type Router } from 'express'
import { Refusal } from '../../contract/errors.ts'
import { answerRefusal } from '../../local/answers.ts'
import { outside } from '../../local/bug.ts'
import { guardRequest } from '../../local/guards.ts'
import { PAGES_DIR, pages } from '../../local/pages.ts'
import { apiHandler } from './api-handler.ts'
import type { HubParts } from './context.ts'
import { docs, isDocs } from './docs.ts'

type AppOptions = {
  hosts: ReadonlySet<string>
  health: { fault: string | null }
  proof: Router
  board: Router
  pagesDir?: string | null | undefined
}

/**
 * The loopback listener. The API is answered before anything else is asked: it is what people wait for, and a router
 * in front of it would cost a tenth of a check-in. Health, descriptions, board and pages have one.
 */
export function hubListener(hub: HubParts, { hosts, ...options }: AppOptions): RequestListener {
  const answer = apiHandler(hub)
  const app = pagesApp(hub, options)
  return (request, response) => {
    response.setHeader('x-content-type-options', 'nosniff')
    response.setHeader('referrer-policy', 'no-referrer')
    try {
      guardRequest(request, hosts)
    } catch (error) {
      return fail(error, response, hub)
    }
    const { url = '' } = request
    if (!url.startsWith('/api/') || isDocs(pathOf(url))) return app(request, response)
    response.setHeader('cache-control', 'no-store')
    answer(request, response).catch((error: unknown) => fail(error, response, hub))
  }
}

function pagesApp(hub: HubParts, { health, proof, board, pagesDir = PAGES_DIR }: Omit<AppOptions, 'hosts'>): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.get('/health', (_request, response) => {
    response.status(health.fault ? 503 : 200).json({ ok: health.fault === null, fault: health.fault })
  })
  app.use(proof)
  app.use(docs())
  app.use(board)
  if (pagesDir !== null) app.use(pages(pagesDir, () => 'hub'))
  app.use((_request, response) => answerRefusal(response, new Refusal('not_found', { noun: 'page' })))
  // Express would answer with a stack trace. It knows an error handler by its four parameters.
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => fail(error, response, hub))
  return app
}

function fail(error: unknown, response: ServerResponse, hub: HubParts): void {
  if (response.headersSent) response.destroy()
  else answerRefusal(response, error instanceof Refusal ? error : outside(error, hub))
}

function pathOf(url: string): string {
  const end = url.indexOf('?')
  return end < 0 ? url : url.slice(0, end)
}
