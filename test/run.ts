import { type SpawnSyncOptions, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/**
 * `npm test`: everything that CI runs, part by part, with the time of each. Begins by installing what the machine lacks.
 * `npm test -- unit` runs one part.
 */
type Part = { name: string; what: string; run: () => boolean }

const vitest = 'node_modules/vitest/vitest.mjs'
const parts: Part[] = [
  {
    name: 'static',
    what: 'format, lint, types, directions of imports',
    run: () =>
      biome() && node('node_modules/typescript/bin/tsc', '--noEmit', '-p', '.') && node('test/import-directions.ts'),
  },
  { name: 'unit', what: 'unit and integration', run: () => node(vitest, 'run', '--project', 'unit') },
  {
    name: 'lan',
    what: 'several computers on a network of their own',
    run: () => node(vitest, 'run', '--project', 'lan'),
  },
  {
    name: 'e2e',
    what: 'end to end, in Chromium and Firefox',
    run: () =>
      node('node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn') && node(vitest, 'run', '--project', 'e2e'),
  },
]

/** What the tests run besides Node: the Debian package, and a program of it. */
const PROGRAMS = [
  ['chromium', '/usr/bin/chromium'],
  ['firefox-esr', '/usr/bin/firefox-esr'],
  ['strace', '/usr/bin/strace'],
  ['iproute2', '/usr/sbin/ip'],
  ['nftables', '/usr/sbin/nft'],
  ['tcpdump', '/usr/bin/tcpdump'],
] as const

function main(wanted: string[]): void {
  const chosen = parts.filter((part) => wanted.length === 0 || wanted.includes(part.name))
  if (chosen.length === 0) fail(`There is no such part. Parts: ${parts.map((part) => part.name).join(', ')}`)
  installWhatIsMissing()
  const times: string[] = []
  for (const part of chosen) {
    console.log(`\n=== ${part.name}: ${part.what}`)
    const started = performance.now()
    const passed = part.run()
    times.push(
      `${part.name.padEnd(8)} ${((performance.now() - started) / 1000).toFixed(1).padStart(7)} s  ${passed ? 'passed' : 'FAILED'}`,
    )
    if (!passed) fail(`\n${times.join('\n')}`)
  }
  console.log(`\n${times.join('\n')}\nAll parts passed.`)
}

/** As root on Debian the named packages; elsewhere it says what to install and fails. */
function installWhatIsMissing(): void {
  const missing = PROGRAMS.flatMap(([name, program]) => (existsSync(program) ? [] : [name]))
  if (missing.length === 0) return
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (!mayInstall) fail(`The tests need ${missing.join(', ')}. On Debian: apt-get install ${missing.join(' ')}`)
  console.log(`Installing ${missing.join(', ')} ...`)
  process.env.DEBIAN_FRONTEND = 'noninteractive'
  const quiet: SpawnSyncOptions = { stdio: ['ignore', 'ignore', 'inherit'] }
  spawnSync('apt-get', ['update', '-qq'], quiet)
  const { status } = spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], quiet)
  if (status !== 0) fail(`Installing ${missing.join(', ')} failed.`)
}

function biome(): boolean {
  return node('node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.')
}

function node(...args: string[]): boolean {
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status === 0
}

function fail(why: string): never {
  console.error(why)
  process.exit(1)
}

main(process.argv.slice(2))
