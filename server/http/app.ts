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

/** The loopback listener: health, API, its description, and the pages. */
export function hubApp(hub: HubParts, { hosts, health, proof, board, pagesDir = PAGES_DIR }: AppOptions): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use((request, response, next) => {
    response.setHeader('x-content-type-options', 'nosniff')
    response.setHeader('referrer-policy', 'no-referrer')
    try {
      guardRequest(request, hosts)
      next()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      answerRefusal(response, error)
    }
  })
  // The API first: it is what people wait for.
  const answer = apiHandler(hub)
  app.use((request, response, next) => {
    if (!request.url.startsWith('/api/') || isDocs(request.path)) return next()
    response.setHeader('cache-control', 'no-store')
    return answer(request, response)
  })
  app.get('/health', (_request, response) => {
    response.status(health.fault ? 503 : 200).json({ ok: health.fault === null, fault: health.fault })
  })
  app.use(proof)
  app.use(docs())
  app.use(board)
  if (pagesDir !== null) app.use(pages(pagesDir, () => 'hub'))
  app.use((_request, response) => answerRefusal(response, new Refusal('not_found', { noun: 'page' })))
  // Express would answer with a stack trace. It knows an error handler by its four parameters.
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    if (response.headersSent) response.destroy()
    else answerRefusal(response, outside(error, hub))
  })
  return app
}
