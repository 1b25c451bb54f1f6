import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import express, { type Router } from 'express'
import type { InstallRole } from '../contract/station.ts'

/** Where the built pages lie. */
export const PAGES_DIR = join(import.meta.dirname, '../renderer/dist')

/**
 * The pages: built files for ever (their names carry a hash), and the console for every other path, with a policy that
 * lets nothing run but our own files. The nonce is for the style sheets that the component library writes; `install` is
 * what serves them, for the page to know which one it is.
 */
export function pages(folder: string, install: () => InstallRole): Router {
  const router = express.Router()
  router.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '365d', fallthrough: false }))
  router.get(/^\/(?!(?:api|socket\.io|station)(?:\/|$)).*/, (_request, response) => {
    const file = join(folder, 'console/index.html')
    if (!existsSync(file)) {
      response.status(503).type('text').send('The pages are not built yet: npm run build')
      return
    }
    const nonce = randomBytes(16).toString('base64')
    response.set({ 'content-security-policy': policy(nonce), 'cache-control': 'no-cache' })
    const page = readFileSync(file, 'utf8').replaceAll('__CSP_NONCE__', nonce).replaceAll('__INSTALL__', install())
    response.type('html').send(page)
  })
  return router
}

function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
