import type { ServerResponse } from 'node:http'
import { type ErrorData, Refusal } from '../../contract/errors.ts'

/** How long after its arrival a refusal is answered: whatever was wrong with it, it takes as long. */
export const REFUSED_MS = 60

const words = {
  404: 'This page is not there. · এই পাতাটি নেই। · هذه الصفحة غير موجودة.',
  429: 'Too many attempts. Wait a little. · একটু পরে চেষ্টা করুন। · انتظر قليلاً ثم حاول.',
} as const

/**
 * The one answer to all that is not there, is not allowed, was guessed or never existed: the same bytes after the same
 * time. Only who has tried too often is told something else: the seconds to wait.
 */
export function refuse(response: ServerResponse, error: unknown, arrived: number): void {
  const seconds = error instanceof Refusal && error.code === 'too_many' ? secondsOf(error) : undefined
  const status = seconds === undefined ? 404 : 429
  const wait = Math.max(0, arrived + REFUSED_MS - performance.now())
  setTimeout(() => {
    if (response.headersSent || response.destroyed) return
    response.writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'content-length': Buffer.byteLength(pages[status]),
      ...(seconds === undefined ? {} : { 'retry-after': String(seconds) }),
    })
    response.end(pages[status])
  }, wait).unref()
}

/** The seconds that a refusal `too_many` says to wait. */
export function secondsOf({ data }: Refusal): number {
  return (data as ErrorData<'too_many'> | undefined)?.seconds ?? 1
}

const page = (text: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>Anteroom</title><main><p>${text}</p></main></html>`

const pages = { 404: page(words[404]), 429: page(words[429]) } as const
