import express, { type Express } from 'express'
import { Refusal } from '../../contract/errors.ts'
import { answerRefusal, apiHandler } from './api-handler.ts'
import type { HubParts } from './context.ts'
import { docs } from './docs.ts'
import { guardRequest } from './guards.ts'
import { PAGES_DIR, pages } from './pages.ts'

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
  app.get('/health', (_request, response) => {
    response.status(health.fault ? 503 : 200).json({ ok: health.fault === null, fault: health.fault })
  })
  app.use(docs())
  const answer = apiHandler(hub)
  app.use((request, response, next) => {
    if (!request.path.startsWith('/api/') && request.path !== '/api') return next()
    response.setHeader('cache-control', 'no-store')
    return answer(request, response)
  })
  if (pagesDir !== null) app.use(pages(pagesDir))
  return app
}
