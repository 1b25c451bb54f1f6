import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepAwake, sleepHolder } from './awake.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anteroom-awake-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function listeningLog() {
  const lines: string[] = []
  return { lines, log: pino({ level: 'info' }, { write: (line: string) => lines.push(line) }) }
}

test('each system has its own tool, which ends with this process', () => {
  expect(sleepHolder('linux', 7)).toMatchObject({ command: 'systemd-inhibit', args: expect.arrayContaining(['cat']) })
  expect(sleepHolder('darwin', 7)).toEqual({ command: 'caffeinate', args: ['-i', '-w', '7'] })
  expect(sleepHolder('win32', 7)?.args.join(' ')).toContain('SetThreadExecutionState')
  expect(sleepHolder('sunos', 7)).toBeUndefined()
})

test('Windows is asked by its own program, in its own place', () => {
  const program = 'D:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'
  expect(sleepHolder('win32', 7, 'D:\\Windows')?.command).toBe(program)
})

test('the tool runs until it is let go: then it ends, and nothing is said', async () => {
  const { lines, log } = listeningLog()
  const [begun, over] = [join(folder, 'begun'), join(folder, 'over')]
  const script = `touch ${begun}; cat; touch ${over}`
  const letSleep = keepAwake(log, { command: 'sh', args: ['-c', `trap '' TERM; ${script}`] })
  await expect.poll(() => existsSync(begun)).toBe(true)
  expect(existsSync(over)).toBe(false)
  letSleep()
  await expect.poll(() => existsSync(over)).toBe(true)
  expect(lines).toEqual([])
})

test('a tool that is missing is said once, and nothing else happens', async () => {
  const { lines, log } = listeningLog()
  const letSleep = keepAwake(log, { command: join(folder, 'missing'), args: [] })
  await expect.poll(() => lines.length).toBe(1)
  expect(lines[0]).toContain('the tool for it is missing')
  letSleep()
})
