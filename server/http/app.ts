import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import { Refusal } from '../../contract/errors.ts'
import { guardRequest } from '../../local/guards.ts'
import { PAGES_DIR, pages } from '../../local/pages.ts'
import { answerRefusal, apiHandler, bug } from './api-handler.ts'
import type { HubParts } from './context.ts'
import { docs, isDocs } from './docs.ts'

type AppOptions = { hosts: ReadonlySet<string>; health: { fault: string | null }; pagesDir?: string | null | undefined }

/** The loopback listener: health, API, its description, and the pages. */
export function hubApp(hub: HubParts, { hosts, health, pagesDir = PAGES_DIR }: AppOptions): Express {
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
  app.use(docs())
  if (pagesDir !== null) app.use(pages(pagesDir))
  app.use((_request, response) => answerRefusal(response, new Refusal('not_found', { noun: 'page' })))
  // Express would answer with a stack trace. It knows an error handler by its four parameters.
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    if (response.headersSent) response.destroy()
    else answerRefusal(response, outside(error, hub))
  })
  return app
}

/** An address that cannot be read, a file that is not there or not for anybody; anything else is a bug. */
function outside(error: unknown, hub: HubParts): Refusal {
  const status = error instanceof Error && 'status' in error ? error.status : undefined
  if (status === 404 || status === 403) return new Refusal('not_found', { noun: 'page' })
  if (status === 400) return new Refusal('bad_input', { fields: [{ field: 'address', message: 'cannot be read' }] })
  return bug(error, hub)
}
