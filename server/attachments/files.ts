import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Attachment } from '../../contract/attachments.ts'
import { Refusal } from '../../contract/errors.ts'
import { FILE_PART, LARGEST_FILE } from '../../contract/file-sizes.ts'
import { typeOf } from './type-of.ts'

// <data>/files/ab/abcd…  what was attached, each under its SHA-256: the same file twice is there once
// <data>/files/incoming/ what is being sent, named by its sender and its id, both UUIDs that the contract has checked

/** What was begun and not finished goes after this long, in milliseconds. */
const UNFINISHED_MS = 3_600_000

export type Upload = { userId: string; id: string }
/** A part of a file in base64, and where it begins. */
export type Part = { offset: number; content: string }
export type StoredFile = Pick<Attachment, 'type' | 'bytes' | 'sha256'>

const incoming = (dataDir: string) => join(dataDir, 'files', 'incoming')
const uploadPath = (dataDir: string, { userId, id }: Upload) => join(incoming(dataDir), `${userId}.${id}`)
export const storedPath = (dataDir: string, sha256: string) => join(dataDir, 'files', sha256.slice(0, 2), sha256)

/**
 * Takes a part of a file. One that is sent again, because its answer was lost, takes its own place.
 *
 * @returns how much of the file is there
 */
export async function receivePart(dataDir: string, upload: Upload, { offset, content }: Part): Promise<number> {
  const part = Buffer.from(content, 'base64')
  if (offset + part.length > LARGEST_FILE) throw new Refusal('too_large')
  await mkdir(incoming(dataDir), { recursive: true, mode: 0o700 })
  if (offset === 0) await forgetUnfinished(dataDir)
  const file = await open(uploadPath(dataDir, upload), offset === 0 ? 'w' : 'r+', 0o600).catch((error: unknown) => {
    if (isMissing(error)) throw wrongPlace(0)
    throw error
  })
  try {
    const { size } = await file.stat()
    if (offset > size) throw wrongPlace(size)
    await file.write(part, 0, part.length, offset)
    return Math.max(size, offset + part.length)
  } finally {
    await file.close()
  }
}

/**
 * A file that was sent whole, and what it is.
 *
 * @throws Refusal `not_found` when nothing was sent, `wrong_file_type` by its content, which is gone then
 */
export async function readUpload(dataDir: string, upload: Upload): Promise<StoredFile & { content: Buffer }> {
  const content = await ifThere(readFile(uploadPath(dataDir, upload)))
  if (!content) throw new Refusal('not_found', { noun: 'uploads' })
  const type = typeOf(content)
  if (!type) {
    await dropUpload(dataDir, upload)
    throw new Refusal('wrong_file_type')
  }
  const sha256 = createHash('sha256').update(content).digest('hex')
  return { type, bytes: content.length, sha256, content }
}

export async function dropUpload(dataDir: string, upload: Upload): Promise<void> {
  await rm(uploadPath(dataDir, upload), { force: true })
}

/** Puts a file where it stays. The same content has the same name: what lies there is the same, or was damaged. */
export async function putStored(
  dataDir: string,
  { id }: Upload,
  { sha256, content }: Pick<StoredFile, 'sha256'> & { content: Buffer },
): Promise<void> {
  const to = storedPath(dataDir, sha256)
  // Of each upload its own: the same file may come twice at once.
  const half = `${to}.${id}`
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  try {
    // What was hashed, in a file of its own: a part of the upload that comes late writes into nothing that is kept.
    await writeFile(half, content, { mode: 0o600, flush: true })
    await rename(half, to)
  } finally {
    await rm(half, { force: true })
  }
}

/** @throws Refusal `file_damaged` when it is not there, or is not as long as it was */
export async function readPart(
  dataDir: string,
  { sha256, bytes }: Pick<Attachment, 'sha256' | 'bytes'>,
  offset: number,
): Promise<{ content: string; next: number | null }> {
  const file = await open(storedPath(dataDir, sha256), 'r').catch((error: unknown) => {
    if (isMissing(error)) throw new Refusal('file_damaged')
    throw error
  })
  try {
    const { size } = await file.stat()
    if (size !== bytes) throw new Refusal('file_damaged')
    const { buffer, bytesRead } = await file.read(Buffer.alloc(FILE_PART), 0, FILE_PART, offset)
    const next = offset + bytesRead
    return { content: buffer.subarray(0, bytesRead).toString('base64'), next: next < size ? next : null }
  } finally {
    await file.close()
  }
}

async function forgetUnfinished(dataDir: string): Promise<void> {
  const before = Date.now() - UNFINISHED_MS
  for (const name of await readdir(incoming(dataDir))) {
    const file = join(incoming(dataDir), name)
    // Another request may have taken it away since it was listed.
    const there = await ifThere(stat(file))
    if (there && there.mtimeMs < before) await rm(file, { force: true })
  }
}

function wrongPlace(size: number): Refusal {
  return new Refusal('bad_input', { fields: [{ field: 'body.offset', message: `must be ${size} or less` }] })
}

/** `undefined` when there is no such file. */
export async function ifThere<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
