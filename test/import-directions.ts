import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

/** Which rooms a room may import from, and which packages may not enter it. Tests may look into `test`. */
const rooms: Record<string, { rooms: string[]; packages?: RegExp; notPackages?: RegExp }> = {
  contract: { rooms: [], packages: /^(zod|@orpc\/contract|temporal-polyfill)$/ },
  rules: { rooms: ['contract'], packages: /^(zod|@orpc\/contract|temporal-polyfill)$/ },
  local: { rooms: ['contract'], notPackages: /^(electron|react|react-dom|@mantine\/.*)$/ },
  server: {
    rooms: ['local', 'contract', 'rules', 'resources'],
    notPackages: /^(electron|react|react-dom|@mantine\/.*)$/,
  },
  station: {
    rooms: ['local', 'contract', 'rules', 'resources'],
    notPackages: /^(electron|react|react-dom|@mantine\/.*)$/,
  },
  electron: { rooms: ['station', 'server', 'local', 'contract', 'rules'] },
  renderer: { rooms: ['contract', 'rules', 'resources'], notPackages: /^(electron|node:.*|better-sqlite3|express)$/ },
}

const root = resolve(import.meta.dirname, '..')
const importOf =
  /^\s*(?:import|export)\s[^'"]*?from\s+['"]([^'"]+)['"]|^\s*import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm

/** Every import that goes the wrong way, as `file: why`. */
export function wrongImports(): string[] {
  return Object.keys(rooms).flatMap((room) => sources(join(root, room)).flatMap((file) => wrongIn(room, file)))
}

function wrongIn(room: string, file: string): string[] {
  const rule = rooms[room]
  if (!rule) return []
  const isTest = /\.(test|fixture)\.tsx?$/.test(file)
  const name = relative(root, file)
  return imports(file).flatMap((wanted) => {
    if (wanted.startsWith('.')) {
      const target = relative(root, resolve(dirname(file), wanted)).split('/')[0] ?? ''
      const allowed =
        target === room || rule.rooms.includes(target) || target === 'package.json' || (isTest && target === 'test')
      return allowed ? [] : [`${name}: ${room} must not import from ${target} (${wanted})`]
    }
    if (isTest) return []
    const packageName = wanted.startsWith('@') ? wanted.split('/').slice(0, 2).join('/') : (wanted.split('/')[0] ?? '')
    const named = packageName.startsWith('virtual:') || (rule.packages?.test(packageName) ?? true)
    return named && !rule.notPackages?.test(packageName) ? [] : [`${name}: ${room} must not import ${wanted}`]
  })
}

function imports(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(importOf)].flatMap((match) => match[1] ?? match[2] ?? match[3] ?? [])
}

function sources(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !name.includes('node_modules') && !name.startsWith('dist'))
      .map((name) => join(folder, name))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

if (process.argv[1] === import.meta.filename) {
  const wrong = wrongImports()
  for (const line of wrong) console.error(line)
  if (wrong.length > 0) process.exit(1)
  console.log('Imports point one way.')
}
