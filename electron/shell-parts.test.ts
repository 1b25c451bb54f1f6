import { expect, test } from 'vitest'
import { serviceFolder } from './attach.ts'
import type { Desktop } from './desktop.ts'
import { keepAwake } from './lock.ts'
import { printOptions } from './print.ts'
import { pageFor, type Standing, says } from './standing.ts'
import { isStatusPage } from './status.ts'
import { trayMenu } from './tray.ts'
import { readWords } from './words.ts'

const words = readWords('en-GB')
const every: Standing[] = [
  { kind: 'starting' },
  { kind: 'proven', port: 8742, ours: true, isAlive: async () => true },
  { kind: 'impostor', port: 8742 },
  { kind: 'died', code: 1, againInMs: 1500 },
  { kind: 'fault', message: 'Port 1 is in use.', advice: 'Choose another.' },
  { kind: 'service_away' },
]

test('there are words for every way it can stand, and none is left unfilled', () => {
  for (const standing of every) {
    expect(says(standing, words)).not.toMatch(/\{\{|^$/)
    expect(pageFor(standing, '', words)).toBeDefined()
  }
  expect(says({ kind: 'died', code: 1, againInMs: 1500 }, words)).toContain('2 s')
})

test('an open page stays while its process is away, and leaves when another one has its port', () => {
  const open = 'http://127.0.0.1:8742/'
  const shown = (standing: Standing) => pageFor(standing, open, words)
  const [starting, proven, impostor, died, fault, away] = every.map(shown)
  expect([starting, died, away]).toEqual([undefined, undefined, undefined])
  expect(proven).toBe(open)
  expect(isStatusPage(impostor ?? '') && isStatusPage(fault ?? '')).toBe(true)
})

test('whatever is printed has a size: a roll, or the sheet of the country', () => {
  expect(printOptions({ paper: 'receipt' }, null, 'BD')).toMatchObject({ silent: false, pageSize: { width: 80_000 } })
  expect(printOptions({ paper: 'page' }, 'Laser', 'KE')).toMatchObject({
    silent: true,
    deviceName: 'Laser',
    pageSize: 'A4',
  })
  expect(printOptions({ paper: 'page' }, null, 'PH').pageSize).toBe('Letter')
})

test('the tray offers each paper its printers, an update only when there is one, and the way out', () => {
  const done: unknown[] = []
  const act = (name: string) => () => done.push(name)
  const acts = {
    open: act('open'),
    quit: act('quit'),
    install: act('install'),
    choose: (one: unknown) => done.push(one),
  }
  const printers = { printers: [{ name: 'T', title: 'Desk' }], chosen: { receipt: 'T', page: null } }
  const without = trayMenu({ says: 'Running', printers: null, update: null }, acts, words)
  expect(without.map(({ label }) => label)).toEqual(['Running', 'Open Anteroom', undefined, undefined, 'Quit'])
  const menu = trayMenu({ says: 'Running', printers, update: { version: '0.2.0' } }, acts, words)
  const receipts = menu.find(({ label }) => label === 'Printer for receipts')?.submenu ?? []
  expect(receipts.map(({ label, checked }) => [label, checked])).toEqual([
    ['Ask each time', false],
    ['Desk', true],
  ])
  receipts[0]?.click?.()
  menu.find(({ label }) => label?.includes('0.2.0'))?.click?.()
  expect(done).toEqual([{ paper: 'receipt', printer: null }, 'install'])
})

test('a hub’s computer is kept awake once, and let sleep when it is none any more', () => {
  const blocked = new Set<number>()
  let next = 1
  const start = (kind: string) => {
    expect(kind).toBe('prevent-app-suspension')
    blocked.add(next)
    return next++
  }
  const awake = keepAwake({
    powerSaveBlocker: { start, stop: (id: number) => blocked.delete(id) },
  } as unknown as Desktop)
  for (const isHub of [true, true]) awake(isHub)
  expect([...blocked]).toEqual([1])
  for (const isHub of [false, false]) awake(isHub)
  expect(blocked.size).toBe(0)
})

test('a service’s data lies in one folder of the machine', () => {
  expect(serviceFolder('linux', {})).toBe('/var/lib/anteroom')
  expect(serviceFolder('darwin', {})).toBe('/Library/Application Support/Anteroom')
  expect(serviceFolder('win32', { PROGRAMDATA: 'D:\\Data' })).toBe('D:\\Data\\Anteroom')
})

test('U7 the shell speaks the system’s language where there are words for it, otherwise English', () => {
  expect(readWords('ar-EG').language).toBe('ar')
  expect(readWords('ar-EG')('quit')).not.toBe(words('quit'))
  expect(readWords('fi')('quit')).toBe(words('quit'))
  expect(readWords('')('quit')).toBe(words('quit'))
  expect(pageFor({ kind: 'starting' }, '', readWords('bn'))).toContain(encodeURIComponent('lang="bn"'))
})
