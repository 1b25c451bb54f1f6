import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { LAN_PORT } from '../contract/discovery.ts'
import { PUBLIC_PORT } from '../contract/public-words.ts'
import { Fault } from './fault.ts'
import { DEFAULT_PORT, dataFolder, readSettings, writeRole } from './settings.ts'

let data: string
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'anteroom-settings-'))
})
afterEach(() => rmSync(data, { recursive: true }))

test('flags come before the environment, that before the settings file, that before what is usual', () => {
  const env = { ANTEROOM_DATA: data }
  expect(readSettings([], env)).toEqual({
    data,
    port: DEFAULT_PORT,
    lanPort: LAN_PORT,
    publicPort: PUBLIC_PORT,
    cards: null,
    role: 'new',
  })
  writeFileSync(join(data, 'settings.json'), '{ "port": 9001 }')
  expect(readSettings([], env)).toEqual({
    data,
    port: 9001,
    lanPort: LAN_PORT,
    publicPort: PUBLIC_PORT,
    cards: null,
    role: 'new',
  })
  expect(readSettings([], { ...env, ANTEROOM_PORT: '9002' })).toEqual({
    data,
    port: 9002,
    lanPort: LAN_PORT,
    publicPort: PUBLIC_PORT,
    cards: null,
    role: 'new',
  })
  expect(readSettings(['--port', '9003'], { ...env, ANTEROOM_PORT: '9002' })).toEqual({
    data,
    port: 9003,
    lanPort: LAN_PORT,
    publicPort: PUBLIC_PORT,
    cards: null,
    role: 'new',
  })
})

test('the role is kept beside what a person wrote there', () => {
  writeFileSync(join(data, 'settings.json'), '{ "port": 9001 }')
  expect(readSettings(['--data', data], {})).toMatchObject({ role: 'new' })
  writeRole(data, 'station')
  expect(readSettings(['--data', data], {})).toMatchObject({ role: 'station', port: 9001 })
})

test('network cards are named in a row', () => {
  expect(readSettings([`--data=${data}`, '--cards=eth0, wlan0'], {})).toMatchObject({ cards: ['eth0', 'wlan0'] })
  expect(readSettings([`--data=${data}`], { ANTEROOM_CARDS: 'none' })).toMatchObject({ cards: ['none'] })
  writeFileSync(join(data, 'settings.json'), '{ "cards": ["eth1"] }')
  expect(readSettings([`--data=${data}`], {})).toMatchObject({ cards: ['eth1'] })
})

test('an empty variable is not set', () => {
  expect(readSettings(['--data', data], { ANTEROOM_DATA: '', ANTEROOM_PORT: '' })).toEqual({
    data,
    port: DEFAULT_PORT,
    lanPort: LAN_PORT,
    publicPort: PUBLIC_PORT,
    cards: null,
    role: 'new',
  })
})

test.each(['', 'many', '-1', '65536', '1e3', '0x50', '80.5'])('"%s" is no port', (port) => {
  expect(() => readSettings([`--data=${data}`, `--port=${port}`], {})).toThrow(Fault)
})

test('a settings file that holds something else is refused', () => {
  for (const text of ['{', '{ "prot": 1 }', '{ "port": "" }']) {
    writeFileSync(join(data, 'settings.json'), text)
    expect(() => readSettings(['--data', data], {})).toThrow(Fault)
  }
})

test('where the data lies is known also when the settings in it cannot be read', () => {
  writeFileSync(join(data, 'settings.json'), '{ "role"')
  expect(() => readSettings(['--data', data], {})).toThrow(Fault)
  expect(dataFolder(['--data', data], { ANTEROOM_DATA: '/elsewhere' })).toBe(data)
  expect(dataFolder([], { ANTEROOM_DATA: data })).toBe(data)
})
