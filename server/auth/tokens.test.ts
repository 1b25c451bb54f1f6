import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Fault } from '../../local/fault.ts'
import { tokenKeys } from './tokens.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anteroom-tokens-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('the signing key is the same after a restart', () => {
  const token = tokenKeys(folder).sign({ sub: 'somebody', sid: 'a session' })
  expect(tokenKeys(folder).verify(token)).toMatchObject({ sub: 'somebody', sid: 'a session' })
})

test('one that is damaged is a fault that says what to do, and is not replaced in silence', () => {
  tokenKeys(folder)
  for (const left of ['', '-----BEGIN PRIVATE KEY-----\nMC4CAQ']) {
    writeFileSync(join(folder, 'keys', 'token-signing.pem'), left)
    expect(() => tokenKeys(folder)).toThrow(Fault)
    expect(() => tokenKeys(folder)).toThrow(/token-signing.pem.* is damaged/)
  }
})
