import { OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import express, { type Router } from 'express'
import { contract } from '../../contract/contract.ts'
import { PROTOCOL } from '../../contract/protocol.ts'
import type { RouteMeta } from '../../contract/route.ts'

type Operation = {
  method: string
  path: string
  summary: string
  permission: string
  audit: string | null
  offline: boolean
}

const DOCUMENT = '/api/openapi.json'
const PAGE = '/api/docs'

export function isDocs(path: string): boolean {
  return path === DOCUMENT || path === PAGE
}

/** The API's description, generated from the contract, and a page that lists it without any script. */
export function docs(): Router {
  const router = express.Router()
  let document: Promise<unknown> | undefined
  router.get(DOCUMENT, async (_request, response) => {
    document ??= generate()
    response.json(await document)
  })
  router.get(PAGE, (_request, response) => {
    response.set(
      'content-security-policy',
      `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; frame-ancestors 'none'`,
    )
    response.type('html').send(page(operations()))
  })
  return router
}

function generate(): Promise<unknown> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  return generator.generate(contract, {
    info: { title: 'Anteroom', version: String(PROTOCOL) },
    servers: [{ url: '/api' }],
    security: [{ bearer: [] }],
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
  })
}

/** Every route of the contract, flat. */
export function operations(): Operation[] {
  return Object.values(contract).flatMap((noun) =>
    Object.values(noun).map((procedure) => {
      const { route, meta } = procedure['~orpc']
      const { permission, audit, offline } = meta as RouteMeta
      return {
        method: route.method ?? 'GET',
        path: `/api${route.path}`,
        summary: route.summary ?? '',
        permission,
        audit,
        offline,
      }
    }),
  )
}

const STYLE = `body{font:14px/1.5 system-ui;margin:2rem;color:#1c2326;background:#fafaf7}table{border-collapse:collapse}
td,th{text-align:start;padding:4px 12px;border-bottom:1px solid #ddd}code{font-family:ui-monospace,monospace}`
const STYLE_HASH = await hashOf(STYLE)

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Buffer.from(digest).toString('base64')
}

function page(rows: Operation[]): string {
  const lines = rows.map(
    (row) =>
      `<tr><td><code>${row.method}</code></td><td><code>${escaped(row.path)}</code></td><td>${escaped(row.summary)}</td>` +
      `<td>${row.permission}</td><td>${row.audit ?? ''}</td><td>${row.offline ? 'yes' : ''}</td></tr>`,
  )
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Anteroom API</title><style>${STYLE}</style>
<h1>Anteroom API</h1><p>Protocol ${PROTOCOL}. Every schema: <a href="/api/openapi.json">openapi.json</a>. Changing requests may
carry <code>Idempotency-Key</code>. Errors are <code>{ code, message, data? }</code>.</p>
<table><tr><th>Method<th>Path<th>What<th>Who may<th>Audit<th>Offline</tr>${lines.join('')}</table></html>`
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? '')
}
