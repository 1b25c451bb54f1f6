import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { buildPagesIfOlder } from '../local/build-pages.ts'
import { EMITTED, emit } from './emit.ts'

/** `npm run dist`: the pages, the emitted app, and the installers of this system. Options go to electron-builder. */
const ROOT = join(import.meta.dirname, '..')
const onlyEmit = process.argv.includes('--emit')

await buildPagesIfOlder()
emit()
console.log(`The app is in ${EMITTED}`)
if (!onlyEmit) {
  const builder = join(ROOT, 'node_modules/electron-builder/cli.js')
  const options = ['--publish', 'never', ...process.argv.slice(2)]
  process.exitCode = spawnSync(process.execPath, [builder, ...options], { cwd: ROOT, stdio: 'inherit' }).status ?? 1
  if (process.exitCode === 0) console.log('The installers are in dist/installers')
}
