import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import express, { type Request, type Response, type Router } from 'express'
import { type BoardQuery, boardQuery } from '../../contract/board.ts'
import { Refusal } from '../../contract/errors.ts'
import { answerRefusal } from '../../local/answers.ts'
import { outside } from '../../local/bug.ts'
import { PAGES_DIR } from '../../local/pages.ts'
import type { RoutedEvent } from '../db/outbox.ts'
import type { HubParts } from '../http/context.ts'
import { openBoardFeed } from './feed.ts'

export type BoardSide = {
  /** `/board` and all below it, for every listener that may show it. */
  router: Router
  publish(events: readonly RoutedEvent[]): void
  /** Ends what the screens hold open; they come back by themselves. */
  close(): void
}

const SPEECH_DIR = join(import.meta.dirname, '../../resources/speech')
/** More televisions than a clinic has; each costs an open connection. */
const MOST_SCREENS = 100
const MOST_OF_ONE = 20
/** One that does not read any more is let go. */
const MOST_UNREAD = 256_000

/** The page may run and fetch our own files, and nothing else. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

type BoardOptions = { clockRate: number; pagesDir?: string | null | undefined }

/** The waiting-room screen (S4): its page, its state, its feed and what it says. Nobody signs in to it. */
export function openBoard(hub: HubParts, { clockRate, pagesDir = PAGES_DIR }: BoardOptions): BoardSide {
  const file = pagesDir === null ? null : join(pagesDir, 'board/index.html')
  const feed = openBoardFeed(hub, { clockRate, page: () => pageVersion(file) })
  const open = new Map<ServerResponse, string>()
  const router = express.Router()
  const route = (path: string, answer: (request: Request, response: Response) => void) =>
    router.get(path, (request, response) => {
      try {
        answer(request, response)
      } catch (error) {
        answerRefusal(response, error instanceof Refusal ? error : outside(error, hub))
      }
    })
  route('/board', (_request, response) => {
    if (!file || !existsSync(file)) return void response.status(503).type('text').send('The page is not built yet.')
    response.set({ 'content-security-policy': POLICY, 'cache-control': 'no-cache' })
    response.type('html').send(readFileSync(file, 'utf8'))
  })
  route('/board/state', (request, response) => {
    response.setHeader('cache-control', 'no-store')
    response.json(feed.frame(queryOf(request)))
  })
  route('/board/events', (request, response) => watch(queryOf(request), request, response))
  router.use('/board/speech', express.static(SPEECH_DIR, { maxAge: '1h', index: false, redirect: false }))

  return {
    router,
    publish: feed.publish,
    close: () => {
      feed.close()
      for (const response of open.keys()) response.end()
    },
  }

  /** Server-sent events: a browser's own, over plain HTTP, through whatever stands between. */
  function watch(query: BoardQuery, request: Request, response: Response): void {
    const from = request.socket.remoteAddress ?? ''
    const ofOne = [...open.values()].filter((address) => address === from).length
    if (open.size >= MOST_SCREENS || ofOne >= MOST_OF_ONE) throw new Refusal('unavailable', { why: 'too_many_screens' })
    feed.frame(query) // Refused while it still can be.
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    request.socket.setNoDelay(true)
    open.set(response, from)
    const leave = feed.enter(query, (word) => {
      for (const [name, data] of Object.entries(word))
        response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
      if (response.writableLength > MOST_UNREAD) response.destroy()
    })
    response.once('close', () => {
      open.delete(response)
      leave()
    })
  }
}

/** @throws Refusal `bad_input` naming the part of the address */
function queryOf(request: Request): BoardQuery {
  const parsed = boardQuery.safeParse(request.query)
  if (parsed.success) return parsed.data
  throw new Refusal('bad_input', {
    fields: parsed.error.issues.map(({ path, message }) => ({ field: path.join('.') || 'address', message })),
  })
}

/** Its files are named after what is in them, so a page is another one when its names are. */
function pageVersion(file: string | null): string {
  if (!file || !existsSync(file)) return 'none'
  return createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 12)
}
