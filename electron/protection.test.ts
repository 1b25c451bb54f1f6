import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { hereFile, localProof, tellWhere } from '../local/proof.ts'
import { servedAt } from './attach.ts'
import { askWindows, isProtected, isProtectedBy, type Run } from './protection.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anteroom-protection-'))
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

/** Another user of this computer; root can give a folder away, anybody else is taken for the other one. */
const OTHER = 65_534
const isRoot = process.getuid?.() === 0

const USER = 'S-1-5-21-1004336348-1177238915-682003330-1001'
const MACHINE = 'O:BAG:SYD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;LS)'
const MINE = `O:${USER}G:${USER}D:(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIID;FA;;;${USER})`

/** Windows as far as it is asked, which keeps the question. */
function windows(prints: string) {
  const asked: Parameters<Run>[] = []
  const run: Run = async (...question) => {
    asked.push(question)
    return prints
  }
  return { asked, run }
}

test('Windows is asked by its own program, in its own place, and what a folder is called is no part of the command', async () => {
  const { asked, run } = windows(`"clinic\\o'neil ""x""","${USER}"\r\n${MINE}\r\n${MINE}\r\n${MINE}\r\n`)
  const nasty = `C:\\ProgramData\\'; Remove-Item x; '`
  const answer = await askWindows([nasty, 'b', 'c'], 'D:\\Windows', run)
  expect(answer).toEqual({ user: USER, descriptors: [MINE, MINE, MINE] })
  const [[program, args, env] = ['', [], {}]] = asked
  expect(program).toBe('D:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe')
  expect(args.join(' ')).not.toContain('Remove-Item')
  expect(args).toContain('-NoProfile')
  expect(env).toMatchObject({ ANTEROOM_A: nasty, ANTEROOM_B: 'b', ANTEROOM_C: 'c', SystemRoot: 'D:\\Windows' })
  expect(env.PSModulePath).toBe('D:\\Windows\\System32\\WindowsPowerShell\\v1.0\\Modules')
})

test('one’s own folder may be one’s own; the machine’s may not, and the service’s is not for one’s own', () => {
  const three = (sddl: string) => ({ user: USER, descriptors: [sddl, sddl, sddl] })
  expect(isProtectedBy(three(MINE), 3, true)).toBe(true)
  expect(isProtectedBy(three(MINE), 3, false)).toBe(false)
  expect(isProtectedBy(three(MACHINE), 3, false)).toBe(true)
  expect(isProtectedBy(three(MACHINE), 3, true)).toBe(false)
})

test('each of the three is to be protected, and each is to be answered for', () => {
  for (const at of [0, 1, 2]) {
    const descriptors = [MACHINE, MACHINE, MACHINE].with(at, MACHINE.replace('O:BA', `O:${USER}`))
    expect(isProtectedBy({ user: USER, descriptors }, 3, false)).toBe(false)
  }
  expect(isProtectedBy({ user: USER, descriptors: [MACHINE, MACHINE] }, 3, false)).toBe(false)
  expect(isProtectedBy({ user: undefined, descriptors: [MINE] }, 1, true)).toBe(false)
})

test.skipIf(process.platform === 'win32')(
  'a folder, or a file in it, that others may write is not protected',
  async () => {
    const machine = { path: folder, own: false }
    expect(await isProtected(machine)).toBe(false)
    tellWhere(folder, { port: 8742, publicKey: localProof(folder).publicKey })
    expect(await isProtected(machine)).toBe(true)
    for (const path of [folder, dirname(hereFile(folder)), hereFile(folder)]) {
      for (const mode of [0o777, 0o775]) {
        chmodSync(path, mode)
        expect(await isProtected(machine)).toBe(false)
      }
      chmodSync(path, 0o755)
    }
    expect(await isProtected(machine)).toBe(true)
  },
)

test.skipIf(process.platform === 'win32')(
  'a folder of one’s own that another user has put there says nothing, however it is protected',
  async () => {
    tellWhere(folder, { port: 8742, publicKey: localProof(folder).publicKey })
    const mine = { path: folder, own: true }
    expect(await isProtected(mine)).toBe(true)
    for (const path of [folder, dirname(hereFile(folder)), hereFile(folder)]) if (isRoot) chownSync(path, OTHER, OTHER)
    if (!isRoot) vi.spyOn(process, 'getuid').mockReturnValue(OTHER)
    expect(await isProtected(mine)).toBe(false)
  },
)

test('one that cannot be looked at is not protected, and nothing breaks off for it', async () => {
  writeFileSync(dirname(hereFile(folder)), 'a file where the public folder should be')
  expect(await isProtected({ path: folder, own: true })).toBe(false)
})

test.skipIf(process.platform === 'win32')(
  'what was found protected is believed without a question, and only that',
  async () => {
    const machine = { path: folder, own: false }
    tellWhere(folder, { port: 8742, publicKey: localProof(folder).publicKey })
    const known = await servedAt(machine)
    expect(known).toMatchObject({ port: 8742 })
    chmodSync(folder, 0o777)
    expect(await servedAt(machine, known)).toBe(known)
    expect(await servedAt(machine)).toBeUndefined()
    tellWhere(folder, { port: 8743, publicKey: localProof(folder).publicKey })
    expect(await servedAt(machine, known)).toBeUndefined()
  },
)
