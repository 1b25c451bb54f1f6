import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
/** The rooms that run under Node or Electron, file for file. */
const ROOMS = ['contract', 'rules', 'local', 'server', 'station', 'electron']
/** What they read beside them. */
const BESIDE = ['resources', 'renderer/dist', 'build/icons', 'build/update-key.pub', 'LICENSE']

/** Where the app is emitted to. */
export const EMITTED = join(ROOT, 'dist/app')

/**
 * Emits the app as it is packed: every `.ts` as a `.js` with its types blanked out, in the same place, so that lines,
 * paths, workers and migrations are as in the source tree. Nothing is bundled but the pages.
 */
export function emit(target = EMITTED): void {
  rmSync(target, { recursive: true, force: true })
  for (const room of ROOMS) emitRoom(room, target)
  for (const name of BESIDE) {
    const from = join(ROOT, name)
    if (existsSync(from)) cpSync(from, join(target, name), { recursive: true })
  }
  writeFileSync(join(target, 'package.json'), packageJson())
}

function emitRoom(room: string, target: string): void {
  const from = join(ROOT, room)
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile() || /\.(test|fixture)\.tsx?$|\.d\.ts$/.test(entry.name)) continue
    const to = join(target, path.slice(ROOT.length + 1))
    mkdirSync(dirname(to), { recursive: true })
    if (/\.c?ts$/.test(entry.name)) writeFileSync(asScript(to), stripped(readFileSync(path, 'utf8')))
    else cpSync(path, to)
  }
}

function asScript(path: string): string {
  return path.replace(/\.(c?)ts$/, '.$1js')
}

/** A relative name of a module, wherever it stands: an import, a worker's address. */
const MODULE = /(['"])(\.{1,2}\/[^'"\n]*)\.(c?)ts\1/g

/** The same source without its types, and with the names that its modules have now. */
export function stripped(source: string): string {
  return stripTypeScriptTypes(source, { mode: 'strip' }).replaceAll(MODULE, '$1$2.$3js$1')
}

/** What the packed app is: no scripts, no tools. */
function packageJson(): string {
  const { name, version, description, license, author, type, dependencies } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  ) as Record<string, unknown>
  const packed = { name, version, description, license, author, type, main: 'electron/main.js', dependencies }
  return `${JSON.stringify(packed, null, 2)}\n`
}

if (process.argv[1] === import.meta.filename) {
  emit()
  console.log(`The app is in ${EMITTED}`)
}
