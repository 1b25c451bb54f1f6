import { createPrivateKey } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { id } from '../../contract/values.ts'
import { Fault } from '../../local/fault.ts'
import type { Safe } from '../../local/parent.ts'
import { replaceFile } from '../../local/replace-file.ts'
import { readCertificate } from './certificates.ts'

const certificate = z.string().refine((pem) => readCertificate(pem) !== undefined, 'must be a certificate')

const known = z.strictObject({
  hubId: id,
  hubName: z.string(),
  hubVersion: z.string(),
  /** The hub's root; behind it the one before, until the new one was seen in use. */
  roots: z.array(certificate).min(1).max(2),
  certificate,
  deviceId: id,
  deviceName: z.string(),
  /** Where the hub answered last: `192.168.1.10:8743`. */
  address: z.string(),
  /** The highest epoch seen: never down (design 8). */
  epoch: z.int(),
})

const file = z.strictObject({
  ...known.shape,
  key: z.strictObject({ kept: z.enum(['plain', 'protected']), base64: z.base64() }),
})
type Stored = z.infer<typeof file>

/** The hub that this computer was paired with, and the key that it was paired for. */
export type Pinned = z.infer<typeof known> & {
  /** The private key, PEM. */
  key: string
}

export type PinnedFile = {
  get(): Pinned | undefined
  /** Pins the hub of a pairing that came about. */
  keep(pinned: Pinned): Promise<void>
  /** Takes up what changed, and writes it if anything did. */
  update(fields: Partial<Omit<Pinned, 'key' | 'hubId'>>): void
  forget(): void
}

/**
 * What this computer knows of its hub, in one file that only its user can read: key and certificate belong together.
 *
 * @throws Fault when the file is there and cannot be used
 */
export async function openPinnedFile(dataDir: string, safe?: Safe): Promise<PinnedFile> {
  const folder = join(dataDir, 'station')
  const path = join(folder, 'hub.json')
  let stored = read(path)
  let written = JSON.stringify(stored)
  let pinned = stored && (await unlock(stored, path, safe))
  return {
    get: () => pinned,
    keep: async (next) => {
      const { key, ...rest } = next
      stored = { ...rest, key: await lock(key, safe) }
      write(folder, path, stored)
      written = JSON.stringify(stored)
      pinned = next
    },
    update: (fields) => {
      if (!stored || !pinned) return
      stored = { ...stored, ...fields }
      pinned = { ...pinned, ...fields }
      // What could not be written the last time is tried again.
      if (JSON.stringify(stored) === written) return
      write(folder, path, stored)
      written = JSON.stringify(stored)
    },
    forget: () => {
      rmSync(path, { force: true })
      stored = undefined
      pinned = undefined
    },
  }
}

function read(path: string): Stored | undefined {
  if (!existsSync(path)) return undefined
  try {
    return file.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    throw unusable(path, error)
  }
}

/** Without a safe the file's rights are what keeps the key. */
async function lock(key: string, safe: Safe | undefined): Promise<Stored['key']> {
  const bytes = Buffer.from(key)
  const sealed = await safe?.protect(bytes)
  return { kept: sealed ? 'protected' : 'plain', base64: (sealed ?? bytes).toString('base64') }
}

async function unlock({ key, ...rest }: Stored, path: string, safe: Safe | undefined): Promise<Pinned> {
  const bytes = Buffer.from(key.base64, 'base64')
  const opened = key.kept === 'protected' ? await safe?.unprotect(bytes) : bytes
  if (!opened)
    throw new Fault(
      `The key in ${path} is kept by this computer's safe, which does not open here.`,
      'Start Anteroom with its app as the user who joined, or move the file away and join the hub again.',
    )
  try {
    const pem = opened.toString('utf8')
    createPrivateKey(pem)
    return { ...rest, key: pem }
  } catch (error) {
    throw unusable(path, error)
  }
}

function unusable(path: string, cause: unknown): Fault {
  return new Fault(
    `The file ${path}, which holds how this computer is paired, cannot be used.`,
    'Put it back from a copy, or move it away and join the hub again.',
    { cause },
  )
}

function write(folder: string, path: string, content: Stored): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  replaceFile(path, `${JSON.stringify(content, null, 2)}\n`)
}
