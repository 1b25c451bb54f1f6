import { createHash, randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Visit } from '../../contract/visits.ts'
import { refusal } from '../../test/support/api-client.ts'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'
import { storedPath } from './files.ts'
import { sweepUnnamed } from './unnamed.ts'
import { MOST_BEGUN } from './upload-limits.ts'

const WAIT = { timeout: 20_000, interval: 20 }

let clinic: TestClinic
let visit: Visit
beforeAll(async () => {
  clinic = await aClinic()
  visit = await clinic.aVisit()
})
afterAll(() => clinic.close())

const aFile = () => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(2000)])
const hashOf = (content: Buffer) => createHash('sha256').update(content).digest('hex')
const placeOf = (content: Buffer) => storedPath(clinic.dataDir, hashOf(content))
const asideOf = (content: Buffer) => join(clinic.dataDir, 'files', 'unnamed', hashOf(content))
const send = async (content: Buffer) => {
  const id = uuidv7()
  const body = { offset: 0, content: content.toString('base64') }
  await clinic.as.nurse.attachments.upload({ params: { id }, body })
  return id
}
const add = (id: string, name = 'scan') =>
  clinic.as.nurse.attachments.add({ body: { id, visitId: visit.id, uploadId: id, name } })
const put = (path: string, content: Buffer) => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

/** The database refuses every record of this name. */
async function refusing(name: string, act: () => Promise<void>): Promise<void> {
  const { writing } = clinic.hub.databases
  writing.exec(`create trigger refusing before insert on attachments when new.name = '${name}'
    begin select raise(abort, 'refused'); end`)
  await act()
  writing.exec('drop trigger refusing')
}

test('a file whose record is refused goes with it; what was sent stays, and is attached when it is tried again', async () => {
  const content = aFile()
  const id = await send(content)
  await refusing('refused', async () => {
    await refusal(add(id, 'refused'), 'internal')
    expect(existsSync(placeOf(content))).toBe(false)
  })
  await add(id)
  expect(readFileSync(placeOf(content)).equals(content)).toBe(true)
})

test('the same file twice at once, of which one is refused, and of a record before it, stays whole', async () => {
  const [one, two] = [aFile(), aFile()]
  await add(await send(two))
  const ids = [await send(one), await send(one), await send(two)] as const
  await refusing('refused', async () => {
    const [refused, added] = await Promise.allSettled([add(ids[0], 'refused'), add(ids[1])])
    expect([refused.status, added.status]).toEqual(['rejected', 'fulfilled'])
    await refusal(add(ids[2], 'refused'), 'internal')
  })
  for (const content of [one, two]) expect(readFileSync(placeOf(content)).equals(content)).toBe(true)
})

test('what is kept is what was hashed: a part that comes late writes into nothing that is kept', async () => {
  const content = aFile()
  const id = await send(content)
  const { id: userId } = clinic.people.nurse.session.user
  const late = openSync(join(clinic.dataDir, 'files', 'incoming', `${userId}.${id}`), 'r+')
  const { sha256 } = await add(id)
  writeSync(late, Buffer.from('something else'), 0, 14, 100)
  closeSync(late)
  expect(hashOf(readFileSync(storedPath(clinic.dataDir, sha256)))).toBe(sha256)
})

test('a start puts aside what no record names, and back what one names; what was half written goes', async () => {
  const [named, stray, returning, old] = [aFile(), aFile(), aFile(), aFile()]
  for (const content of [named, returning]) await add(await send(content))
  await clinic.hub.close()
  put(placeOf(stray), stray)
  put(`${placeOf(stray)}.${uuidv7()}`, stray)
  const half = `${placeOf(named)}.${uuidv7()}`
  put(half, named)
  mkdirSync(dirname(asideOf(old)), { recursive: true })
  renameSync(placeOf(returning), asideOf(returning))
  put(asideOf(old), old)
  const long = new Date(Date.now() - 31 * 86_400_000)
  utimesSync(asideOf(old), long, long)
  await clinic.restart()
  await expect.poll(() => existsSync(asideOf(old)), WAIT).toBe(false)
  for (const content of [named, returning]) expect(readFileSync(placeOf(content)).equals(content)).toBe(true)
  expect([placeOf(stray), half, asideOf(returning)].map((path) => existsSync(path))).toEqual([false, false, false])
  expect(readFileSync(asideOf(stray)).equals(stray)).toBe(true)
  await add(await send(stray))
  expect(readFileSync(placeOf(stray)).equals(stray)).toBe(true)
})

test('what somebody is about to name is not put aside', async () => {
  const [claimed, stray] = [aFile(), aFile()]
  for (const content of [claimed, stray]) put(placeOf(content), content)
  const { read } = clinic.hub.databases
  await sweepUnnamed({
    dataDir: clinic.dataDir,
    isNamed: (sha256) => read.get`select 1 from attachments where sha256 = ${sha256}` !== undefined,
    isClaimed: (sha256) => sha256 === hashOf(claimed),
    stopped: () => false,
  })
  expect([claimed, stray].map((content) => existsSync(placeOf(content)))).toEqual([true, false])
})

test('one person has so many files under way, and is told how long to wait; another is not concerned', async () => {
  const ids: string[] = []
  const { nurse, doctor } = clinic.as
  const upload = (id: string, by = nurse) =>
    by.attachments.upload({ params: { id }, body: { offset: 0, content: aFile().toString('base64') } })
  for (let count = 0; count < MOST_BEGUN; count++) {
    ids.push(uuidv7())
    await upload(ids.at(-1) ?? '')
  }
  const { data } = await refusal(upload(uuidv7()), 'too_much_sent')
  expect((data as { seconds: number }).seconds).toBeGreaterThan(0)
  await upload(uuidv7(), doctor)
  await add(ids[0] ?? '')
  await upload(uuidv7())
})
