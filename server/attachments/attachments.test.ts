import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Attachment } from '../../contract/attachments.ts'
import { FILE_PART, LARGEST_FILE } from '../../contract/file-sizes.ts'
import type { Visit } from '../../contract/visits.ts'
import { type ApiClient, refusal } from '../../test/support/api-client.ts'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'
import { storedPath } from './files.ts'

let clinic: TestClinic
let nurse: ApiClient
let visit: Visit
beforeAll(async () => {
  clinic = await aClinic()
  nurse = clinic.as.nurse
  visit = await clinic.aVisit()
})
afterAll(() => clinic.close())

const HEADS = {
  jpeg: Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
  png: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  webp: Buffer.from('RIFF\x10\0\0\0WEBPVP8 ', 'latin1'),
  pdf: Buffer.from('%PDF-1.7\n'),
}
const file = (type: keyof typeof HEADS, bytes = 2000) => Buffer.concat([HEADS[type], randomBytes(bytes)])

const upload = (id: string, offset: number, part: Buffer, by = nurse) =>
  by.attachments.upload({ params: { id }, body: { offset, content: part.toString('base64') } })
async function attach(content: Buffer, name = 'scan', by = nurse): Promise<Attachment> {
  const id = uuidv7()
  for (let offset = 0; offset < content.length; offset += FILE_PART)
    await upload(id, offset, content.subarray(offset, offset + FILE_PART), by)
  return by.attachments.add({ body: { id, visitId: visit.id, uploadId: id, name } })
}
async function contentOf({ id }: Attachment): Promise<Buffer> {
  const parts: Buffer[] = []
  let offset: number | null = 0
  while (offset !== null) {
    const part: { content: string; next: number | null } = await nurse.attachments.content({
      params: { id },
      query: { offset },
    })
    parts.push(Buffer.from(part.content, 'base64'))
    offset = part.next
  }
  return Buffer.concat(parts)
}

test.each(['jpeg', 'png', 'webp', 'pdf'] as const)('a %s is known by its content, whatever its name', async (type) => {
  const content = file(type, 1_500_000)
  const attachment = await attach(content, 'holiday.exe')
  const sha256 = createHash('sha256').update(content).digest('hex')
  expect(attachment).toMatchObject({ type, bytes: content.length, sha256, visitId: visit.id, withdrawnAt: null })
  expect(readFileSync(join(clinic.dataDir, 'files', sha256.slice(0, 2), sha256)).equals(content)).toBe(true)
  expect((await contentOf(attachment)).equals(content)).toBe(true)
})

test.each([
  ['a page', '<html><script>alert(1)</script>'],
  ['a picture that is a program', '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'],
  ['a program', 'MZ\x90\0'],
  ['a PDF further down', 'x%PDF-1.7'],
  ['nothing', ''],
])('%s is refused, and nothing of it stays', async (_what, text) => {
  const id = uuidv7()
  await upload(id, 0, Buffer.from(text, 'latin1'))
  const add = nurse.attachments.add({ body: { id, visitId: visit.id, uploadId: id, name: 'scan.jpg' } })
  await refusal(add, 'wrong_file_type')
  expect(readdirSync(join(clinic.dataDir, 'files', 'incoming'))).toEqual([])
})

test('what is too large is refused at the part that goes over', async () => {
  const id = uuidv7()
  const part = file('pdf', FILE_PART - HEADS.pdf.length)
  let offset = 0
  for (; offset + part.length <= LARGEST_FILE; offset += part.length) await upload(id, offset, part)
  await refusal(upload(id, offset, part), 'too_large')
})

test('a part whose answer was lost is sent again; one that leaves a gap is not taken', async () => {
  const [id, content] = [uuidv7(), file('png')]
  await refusal(upload(id, 10, content), 'bad_input')
  await upload(id, 0, content.subarray(0, 900))
  await upload(id, 900, content.subarray(900))
  expect(await upload(id, 900, content.subarray(900))).toEqual({ received: content.length })
  await refusal(upload(id, content.length + 1, content), 'bad_input')
  const body = { id, visitId: visit.id, uploadId: id, name: 'x' }
  const added = await nurse.attachments.add({ body })
  expect((await contentOf(added)).equals(content)).toBe(true)
  await refusal(nurse.attachments.add({ body }), 'already_exists')
})

test('what one person sends, another cannot claim; a name is a name, not a path', async () => {
  const [id, content] = [uuidv7(), file('png')]
  await upload(id, 0, content)
  const body = { id, visitId: visit.id, uploadId: id, name: '../../etc/passwd' }
  await refusal(clinic.as.doctor.attachments.add({ body }), 'not_found')
  expect((await nurse.attachments.add({ body })).name).toBe('../../etc/passwd')
  for (const bad of ['../x', '..%2f..%2fhub.db', `${id}/../../x`]) {
    const answer = await fetch(`${clinic.hub.url}/api/attachments/uploads/${encodeURIComponent(bad)}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${clinic.people.nurse.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ offset: 0, content: '' }),
    })
    expect(answer.status).toBe(400)
  }
})

test('the same file twice is one file and two records; one of them withdrawn leaves the other whole', async () => {
  const content = file('jpeg')
  const [one, two] = [await attach(content), await attach(content)]
  expect(one.sha256).toBe(two.sha256)
  const withdrawn = await nurse.attachments.withdraw({ params: { id: one.id }, body: { version: 1, withdrawn: true } })
  expect(withdrawn.withdrawnAt).not.toBeNull()
  expect((await contentOf(two)).equals(content)).toBe(true)
})

test('a file that is missing or was cut off is said to be; sent again, it is whole', async () => {
  const content = file('pdf')
  const attachment = await attach(content)
  truncateSync(storedPath(clinic.dataDir, attachment.sha256), 100)
  await refusal(contentOf(attachment), 'file_damaged')
  rmSync(storedPath(clinic.dataDir, attachment.sha256))
  await refusal(contentOf(attachment), 'file_damaged')
  await attach(content)
  expect((await contentOf(attachment)).equals(content)).toBe(true)
})

test('P5, design 6: opening is a row of the audit; reception gets neither list nor file', async () => {
  const attachment = await attach(file('png'))
  await contentOf(attachment)
  const { items } = await clinic.as.administrator.audit.list({ query: { limit: 1 } })
  expect(items[0]).toMatchObject({ action: 'attachment.open', recordId: attachment.id })
  for (const who of ['receptionist', 'cashier', 'administrator'] as const)
    await refusal(clinic.as[who].attachments.content({ params: { id: attachment.id }, query: {} }), 'forbidden')
})

test('no address answers with a file itself', async () => {
  const { sha256 } = await attach(file('png'))
  for (const path of [`/files/${sha256.slice(0, 2)}/${sha256}`, `/api/files/${sha256}`, `/assets/../files/${sha256}`]) {
    const answer = await fetch(clinic.hub.url + path)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, expect.stringContaining('json')])
  }
  expect(existsSync(storedPath(clinic.dataDir, sha256))).toBe(true)
})

test('P5 a read that begins behind the first byte is on record like any other', async () => {
  const attachment = await attach(file('pdf'))
  const opened = async () => {
    const query = { recordId: attachment.id, action: 'attachment.open' }
    return (await clinic.as.administrator.audit.list({ query })).items.length
  }
  expect(await opened()).toBe(0)
  await nurse.attachments.content({ params: { id: attachment.id }, query: { offset: 1 } })
  expect(await opened()).toBe(1)
})
