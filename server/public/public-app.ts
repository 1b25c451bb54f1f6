import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import express, { type Express, type NextFunction, type Request, type Response, type Router } from 'express'
import type * as z from 'zod'
import { Refusal } from '../../contract/errors.ts'
import { answerJson, answerRefusal } from '../../local/answers.ts'
import { outside } from '../../local/bug.ts'
import { PAGES_DIR } from '../../local/pages.ts'
import type { HubParts } from '../http/context.ts'
import { refuse } from './answers.ts'
import { readSmallJson } from './body.ts'
import { type BuiltPages, builtPages } from './built-pages.ts'
import { addressOf, guardPublic } from './guard-public.ts'
import type { Guesses } from './guesses.ts'
import { slipActs, ticketActs } from './patient-acts.ts'
import { idOfToken, type TokenKind } from './tokens.ts'

type AppOptions = {
  guesses: Guesses
  /** Where the built pages lie; `null` serves none. */
  pagesDir?: string | null | undefined
  /** Whether an address is one of this computer's own. */
  isOwn: (address: string) => boolean
  /** Further pages of this listener: the waiting room's board. */
  routers?: readonly Router[] | undefined
}

const PAGES = ['ticket', 'slip', 'phone-test', 'board'] as const

/**
 * The public listener's answers (design 1): a ticket's page, an appointment slip's, the phone test, the board, their files
 * and the few things that a patient may do there. Everything else is not there.
 */
export function publicApp(hub: HubParts, { guesses, pagesDir = PAGES_DIR, isOwn, routers = [] }: AppOptions): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  const built = builtPages(pagesDir, PAGES)
  const arrivals = new WeakMap<IncomingMessage, number>()
  const arrived = (request: IncomingMessage) => arrivals.get(request) ?? performance.now()
  app.use((request, response, next) => {
    arrivals.set(request, performance.now())
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value)
    guardPublic(request)
    next()
  })
  app.get('/t/:token', (request, response) => {
    recordOf(request, 'ticket')
    sendPage(built, 'ticket', response)
  })
  app.get('/a/:token', (request, response) => {
    recordOf(request, 'slip')
    sendPage(built, 'slip', response)
  })
  app.post('/t/:token/:act', (request, response) => act(request, response, 'ticket', ticketActs))
  app.post('/a/:token/:act', (request, response) => act(request, response, 'slip', slipActs))
  app.get('/phone-test/:code', (request, response) => {
    const { code } = request.params
    const address = addressOf(request)
    guesses.check(address)
    // The hub's own browser proves nothing of the Wi-Fi.
    if (isOwn(address) || !hub.phoneTests.opened(code)) return missed(address)
    sendPage(built, 'phone-test', response)
  })
  for (const router of routers) app.use(router)
  if (pagesDir !== null) {
    const files = express.static(join(pagesDir, 'assets'), { immutable: true, maxAge: '365d', index: false })
    app.use('/assets', (request, response, next) => {
      if (!built.has(`/assets${request.path}`)) throw new Refusal('not_found', { noun: 'page' })
      response.removeHeader('cache-control')
      files(request, response, next)
    })
  }
  app.use(() => {
    throw new Refusal('not_found', { noun: 'page' })
  })
  // Express knows an error handler by its four parameters.
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    if (response.headersSent) response.destroy()
    else if (!(error instanceof Refusal)) answerBug(response, error)
    else if (TOLD.has(error.code)) answerRefusal(response, error)
    else refuse(response, error, arrived(request))
  })
  return app

  /** The id behind a token. @throws Refusal `not_found` or `too_many` */
  function recordOf(request: Request, kind: TokenKind): string {
    const address = addressOf(request)
    guesses.check(address)
    const recordId = idOfToken(hub.keys, kind, request.params.token)
    if (recordId === undefined) return missed(address)
    guesses.right(address)
    return recordId
  }

  function missed(address: string): never {
    guesses.wrong(address)
    throw new Refusal('not_found', { noun: 'page' })
  }

  async function act(
    request: Request,
    response: ServerResponse,
    kind: TokenKind,
    acts: typeof slipActs,
  ): Promise<void> {
    const recordId = recordOf(request, kind)
    const known = acts.find(({ name }) => name === request.params.act)
    if (!known) throw new Refusal('not_found', { noun: 'page' })
    const given = known.input.safeParse(await readSmallJson(request))
    if (!given.success) throw new Refusal('bad_input', { fields: fieldsOf(given.error) })
    answerJson(response, 200, await known.run(hub, recordId, given.data))
  }

  function answerBug(response: ServerResponse, error: unknown): void {
    const refusal = outside(error, hub)
    if (refusal.code === 'internal') answerRefusal(response, refusal)
    else refuse(response, refusal, performance.now())
  }
}

/** What the holder of a right token is told, in the shape of the API; to anybody else there is nothing. */
const TOLD: ReadonlySet<string> = new Set(['bad_input', 'too_large', 'illegal_transition', 'unavailable', 'internal'])

const HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex',
} as const

function sendPage(built: BuiltPages, name: (typeof PAGES)[number], response: Response): void {
  const html = built.html(name)
  if (html === undefined) response.status(503).type('text').send('The pages are not built yet: npm run build')
  else response.type('html').send(html)
}

function fieldsOf(error: z.ZodError): { field: string; message: string }[] {
  return error.issues.map(({ path, message }) => ({ field: path.map(String).join('.') || 'body', message }))
}
