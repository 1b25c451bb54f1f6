import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
const BUILT = join(ROOT, 'renderer/dist/console/index.html')
const SOURCES = ['renderer', 'contract', 'rules']

/** Builds the pages when they were never built or are older than their sources. Throws when the build fails. */
export async function buildPagesIfOlder(): Promise<'fresh' | 'built' | 'absent'> {
  if (!existsSync(join(ROOT, 'vite.config.ts'))) return 'absent'
  if (existsSync(BUILT) && statSync(BUILT).mtimeMs >= newestUnder(SOURCES.map((folder) => join(ROOT, folder)))) {
    return 'fresh'
  }
  await runVite()
  return 'built'
}

function newestUnder(folders: string[]): number {
  let newest = 0
  for (const folder of folders) {
    if (!existsSync(folder)) continue
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.parentPath.includes('dist') || entry.name.includes('.test.')) continue
      newest = Math.max(newest, statSync(join(entry.parentPath, entry.name)).mtimeMs)
    }
  }
  return newest
}

async function runVite(): Promise<void> {
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js')
  const said: Buffer[] = []
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: ROOT, stdio: 'pipe' })
  child.stdout.on('data', (text: Buffer) => said.push(text))
  child.stderr.on('data', (text: Buffer) => said.push(text))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (code !== 0) throw new Error(`The pages could not be built:\n${Buffer.concat(said).toString()}`)
}
