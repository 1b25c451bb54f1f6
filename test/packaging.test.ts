import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { extractAll, listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { emit, stripped } from '../build/emit.ts'
import { BROADCAST_PORT, LAN_PORT } from '../contract/discovery.ts'
import { buildPagesIfOlder } from '../local/build-pages.ts'
import { PAGES_DIR } from '../local/pages.ts'

let folder: string
let packed: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'anteroom-packed-'))
  packed = await pack(folder)
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Where Electron's binary keeps its fuses: a sentinel, the version, how many, and each of them on. */
const FUSES = `#!/bin/sh\n# dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\x01\x09${'1'.repeat(9)}\n`

/** Packs the app as `npm run dist` does, around a folder that stands in for Electron. */
async function pack(into: string): Promise<string> {
  await buildPagesIfOlder()
  emit()
  const electron = join(into, 'electron')
  for (const name of ['resources', 'locales']) mkdirSync(join(electron, name), { recursive: true })
  writeFileSync(join(electron, 'electron'), FUSES, { mode: 0o755 })
  writeFileSync(join(electron, 'version'), versionOf('electron'))
  const builder = ['node_modules/electron-builder/cli.js', '--dir', '--linux', '--publish', 'never']
  const settings = { electronDist: electron, 'directories.output': join(into, 'out') }
  const config = Object.entries(settings).map(([key, value]) => `--config.${key}=${value}`)
  const child = spawn(process.execPath, [...builder, ...config], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(said)
  return join(into, 'out', 'linux-unpacked', 'resources')
}

function versionOf(name: string): string {
  return (JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as { version: string }).version
}

/** Starts a packed hub with a packed or our own Node, and tells what it serves. */
async function hubFrom(node: string, entry: string, ...args: string[]) {
  const data = mkdtempSync(join(folder, 'data-'))
  const env = { PATH: '/usr/bin:/bin', HOME: folder, ANTEROOM_LOG: 'fatal' }
  const options = ['--data', data, '--port', '0', '--lan-port', '0', '--public-port', '0', ...args]
  const child = spawn(node, [entry, ...options], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let complaints = ''
  child.stderr.on('data', (text) => (complaints += text))
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${complaints}`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(line)
      if (found) resolve(found[0])
    })
  })
  const health = await fetch(`${url}/health`)
  const console_ = await fetch(`${url}/`)
  const page = await console_.text()
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? ''
  const asset = await fetch(url + script)
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const [code] = await ended
  return { health: await health.json(), page, asset: asset.status, code, complaints }
}

test('the payload, extracted outside the repository, is a hub under plain Node with its console', async () => {
  const payload = join(folder, 'payload')
  extractAll(join(packed, 'app.asar'), payload)
  const hub = await hubFrom(process.execPath, join(payload, 'server/main.js'))
  expect(hub.health).toEqual({ ok: true, fault: null })
  expect(hub.page).toContain('<div id="root">')
  expect(hub).toMatchObject({ asset: 200, code: 0, complaints: '' })
})

test('the service’s own command runs: the Node that is shipped, on what lies beside the archive', async () => {
  const unit = readFileSync(join(packed, 'service/anteroom.service'), 'utf8')
  const [, node = '', entry = '', flag = ''] =
    /^ExecStart=\/opt\/Anteroom\/resources\/(\S+) \/opt\/Anteroom\/resources\/(\S+) (\S+)$/m.exec(unit) ?? []
  const settled = await hubFrom(join(packed, node), join(packed, entry), flag)
  expect(settled.health).toMatchObject({ ok: true })
  expect(settled.code).toBe(0)
})

test('the fuses are blown: no plain Node, no options from outside, nothing but the checked archive', async () => {
  const wire = await getCurrentFuseWire(join(packed, '../anteroom'))
  const isOn = (fuse: FuseV1Options) => wire[fuse] === FuseState.ENABLE
  expect(isOn(FuseV1Options.RunAsNode)).toBe(false)
  expect(isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false)
  expect(isOn(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false)
  expect(isOn(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false)
  expect(isOn(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true)
  expect(isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(true)
  expect(isOn(FuseV1Options.EnableCookieEncryption)).toBe(true)
})

test('nothing is packed that is not run: no types, tests, tools, private keys', () => {
  const names = listPackage(join(packed, 'app.asar'), { isPack: false })
  expect(names).toContain('/electron/main.js')
  expect(names).toContain('/electron/preload.cjs')
  expect(names.filter((name) => /\.tsx?$|\.test\.|local\.key|\.env$|update-key\.pem/.test(name))).toEqual([])
  for (const tool of ['vite', 'electron-builder', 'typescript', 'playwright-core', 'electron', 'node'])
    expect(names.filter((name) => name.startsWith(`/node_modules/${tool}/`))).toEqual([])
})

test('natives and workers lie beside the archive', () => {
  const beside = (name: string) => existsSync(join(packed, 'app.asar.unpacked', name))
  expect(beside('node_modules/better-sqlite3/prebuilds/linux-x64.node')).toBe(true)
  expect(readdirSync(join(packed, 'app.asar.unpacked/node_modules/@node-rs')).join()).toContain('argon2-linux')
  expect(beside('server/db/migrations/0001-ground.sql')).toBe(true)
  expect(beside('server/db/checkpoint-worker.js')).toBe(true)
})

test('a source is emitted line for line, with the names that its modules have then', () => {
  const source = `import { a } from './a.ts'\nconst made: Worker = new Worker(new URL('../b-worker.ts', import.meta.url))\nexport type X = 1\n`
  const script = stripped(source)
  expect(script.split('\n')).toHaveLength(source.split('\n').length)
  expect(script).toContain(`from './a.js'`)
  expect(script).toContain(`'../b-worker.js'`)
  expect(script).not.toContain('type X')
})

test('the targets that are not built here fit electron-builder’s own schema, and a wrong one does not', async () => {
  const { getConfig, validateConfiguration } = await import('app-builder-lib/out/util/config/config.js')
  const { DebugLogger } = await import('builder-util')
  const config = await getConfig(process.cwd(), null, null)
  await validateConfiguration(config, new DebugLogger(false))
  expect(config.nsis).toMatchObject({ perMachine: true, include: 'build/installer.nsh' })
  expect(config.mac?.extendInfo).toMatchObject({ NSBonjourServices: ['_anteroom._tcp'] })
  expect(config.electronFuses).toMatchObject({ runAsNode: false, onlyLoadAppFromAsar: true })
  const wrong = { ...config, nsis: { ...config.nsis, perMachin: true } }
  await expect(validateConfiguration(wrong as never, new DebugLogger(false))).rejects.toThrow('configuration.nsis')
})

test('the firewall lets in what the contract names, and nothing else', () => {
  const script = readFileSync('build/installer.nsh', 'utf8')
  const rules = [...script.matchAll(/!insertmacro AnteroomRule "[^"]+" (TCP|UDP) (\d+)/g)].map(
    ([, how, port]) => `${how} ${port}`,
  )
  expect(rules).toEqual([`TCP ${LAN_PORT}`, 'TCP 8744', 'UDP 5353', `UDP ${BROADCAST_PORT}`])
})

test('every file that the installers name is there', () => {
  const yml = readFileSync('electron-builder.yml', 'utf8')
  const named = [...yml.matchAll(/build\/[\w./-]+/g)].map(([name]) => name)
  expect(named.length).toBeGreaterThan(5)
  expect(named.filter((name) => !existsSync(name))).toEqual([])
})

test('the units run the launcher as a service on the machine’s folder', () => {
  for (const name of ['anteroom.service', 'clinic.anteroom.plist', 'anteroom-task.xml'])
    expect(readFileSync(`build/service/${name}`, 'utf8')).toMatch(/local.start\.js[\s\S]*--service/)
  const verify = spawnSync('systemd-analyze', ['verify', 'build/service/anteroom.service'], { encoding: 'utf8' })
  // Only where systemd is; it complains of a program that is not installed, and of nothing else.
  if (!verify.error)
    expect(verify.stderr.split('\n').filter((line) => /Unknown|Failed to parse/.test(line))).toEqual([])
})

test('there are pages to pack', () => {
  expect(existsSync(join(PAGES_DIR, 'console/index.html'))).toBe(true)
})
