import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

type Chunk = {
  file: string
  css?: string[]
  assets?: string[]
  imports?: string[]
  dynamicImports?: string[]
}
type Manifest = Record<string, Chunk>

export type BuiltPages = {
  /** The page, `undefined` when it is not built. */
  html(name: string): string | undefined
  /** Whether a file of `/assets` belongs to one of these pages. */
  has(file: string): boolean
}

/**
 * The built pages by their names and nothing else of what was built: the console's files are none of a stranger's
 * business. Read once: a page belongs to the process that serves it.
 */
export function builtPages(folder: string | null, names: readonly string[]): BuiltPages {
  const files = new Set<string>()
  const html = new Map<string, string>()
  const manifest = folder === null ? {} : readManifest(folder)
  for (const name of names) {
    const file = folder === null ? undefined : join(folder, name, 'index.html')
    if (file === undefined || !existsSync(file)) continue
    const text = readFileSync(file, 'utf8')
    html.set(name, text)
    for (const [asset] of text.matchAll(ASSET)) files.add(asset)
    collect(manifest, `${name}/index.html`, files, new Set())
  }
  if (folder !== null) for (const file of [...files]) for (const asset of namedIn(folder, file)) files.add(asset)
  return { html: (name) => html.get(name), has: (file) => files.has(file) }
}

const ASSET = /\/assets\/[\w.-]+/g

/** What a style sheet loads: its fonts. */
function namedIn(folder: string, file: string): string[] {
  const path = join(folder, file)
  if (!file.endsWith('.css') || !existsSync(path)) return []
  return [...readFileSync(path, 'utf8').matchAll(ASSET)].map(([asset]) => asset)
}

function collect(manifest: Manifest, key: string, files: Set<string>, seen: Set<string>): void {
  const chunk = manifest[key]
  if (!chunk || seen.has(key)) return
  seen.add(key)
  for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) files.add(`/${file}`)
  for (const next of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]) collect(manifest, next, files, seen)
}

function readManifest(folder: string): Manifest {
  const file = join(folder, 'manifest.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : {}
}
