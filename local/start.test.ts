import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { entryOf } from './entry.ts'
import { readHere, whoAnswers } from './proof.ts'
import { writeRole } from './settings.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anteroom-start-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a computer that was never asked is run by the program that asks', () => {
  expect(entryOf('hub')).toMatch(/server.main\.ts$/)
  expect(entryOf('station')).toMatch(/station.main\.ts$/)
  expect(entryOf('new')).toMatch(/station.main\.ts$/)
})

test('npm start runs the hub where that is the role, says where to look, and ends with it', async () => {
  writeRole(folder, 'hub')
  const launcher = spawn(process.execPath, ['local/start.ts', '--data', folder, '--port', '0', '--lan-port', '0'])
  const ended = once(launcher, 'exit')
  const where = await new Promise<string>((resolve) => {
    createInterface({ input: launcher.stdout }).on('line', (line) => {
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)
      if (url) resolve(url[0])
    })
  })
  const here = readHere(folder)
  expect(where).toBe(`http://127.0.0.1:${here?.port}`)
  launcher.kill('SIGTERM')
  expect((await ended)[0]).toBe(0)
  expect(await whoAnswers(here?.port ?? 0, here?.publicKey ?? '')).toBe('nobody')
})
