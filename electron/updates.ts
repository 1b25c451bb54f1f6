import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { chmodSync, createReadStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type * as z from 'zod'
import { filePart, type UpdateFile, type UpdateManifest, updateManifest, updateOffer } from '../contract/updates.ts'

/** What an installed app is, and where it may keep what it fetched. */
export type Installed = { version: string; platform: string; arch: string; folder: string; publicKey: KeyObject }
/** An installer on this computer, signed and whole. */
export type Update = { version: string; path: string; file: UpdateFile }

/** How long a part may take, in milliseconds: a million bytes over the clinic's Wi-Fi. */
const PART_MS = 60_000

/** Where a build keeps the key that it believes; without one it takes no update. */
const KEY_FILE = join(import.meta.dirname, '../build/update-key.pub')

export function builtInKey(file = KEY_FILE): KeyObject | undefined {
  return existsSync(file) ? createPublicKey(readFileSync(file)) : undefined
}

/**
 * Asks the hub, over this computer's own process, for a newer app, checks the signature, fetches the file for this
 * computer and checks that too. `undefined` when there is none; one that is not genuine or not whole is thrown away.
 *
 * @throws Error when what was offered is not what was signed
 */
export async function fetchUpdate(origin: string, installed: Installed): Promise<Update | undefined> {
  const offer = (await ask(`${origin}/api/updates/latest`, updateOffer))?.offer
  if (!offer) return undefined
  const manifest = readManifest(offer, installed.publicKey)
  const file = manifest.files.find(({ platform, arch }) => platform === installed.platform && arch === installed.arch)
  if (!file || !isNewer(manifest.version, installed.version)) return undefined
  mkdirSync(installed.folder, { recursive: true })
  const path = join(installed.folder, file.name)
  if (!existsSync(path) || !(await isWhole(path, file))) await download(origin, file, path)
  if (await isWhole(path, file)) return { version: manifest.version, path, file }
  rmSync(path)
  throw new Error(`${file.name} is not what was signed.`)
}

/** Once more before it is started: the file has lain there. */
export async function isWhole(path: string, { sha256, bytes }: Pick<UpdateFile, 'sha256' | 'bytes'>): Promise<boolean> {
  const hash = createHash('sha256')
  let size = 0
  hash.setEncoding('base64url')
  await pipeline(
    createReadStream(path),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        size += chunk.length
        yield chunk
      }
    },
    hash,
  )
  return size === bytes && hash.read() === sha256
}

type Offer = { manifest: string; signature: string }

/** @throws Error unless the key signed exactly this text */
export function readManifest({ manifest, signature }: Offer, key: KeyObject): UpdateManifest {
  if (!verify(null, Buffer.from(manifest), key, Buffer.from(signature, 'base64url')))
    throw new Error('The update on the hub is not signed by its maker.')
  return updateManifest.parse(JSON.parse(manifest))
}

/** By number, part for part; the same version is not newer, and nobody goes back. */
export function isNewer(offered: string, installed: string): boolean {
  const [one, other] = [offered, installed].map((text) => text.split(/[.-]/).slice(0, 3).map(Number))
  for (let part = 0; part < 3; part += 1) {
    const difference = (one?.[part] ?? 0) - (other?.[part] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return false
}

async function download(origin: string, file: UpdateFile, path: string): Promise<void> {
  const handle = await open(`${path}.part`, 'w', 0o600)
  try {
    let offset: number | null = 0
    // Never more than was signed, whatever is sent.
    while (offset !== null && offset < file.bytes) {
      const url: string = `${origin}/api/updates/files/${encodeURIComponent(file.name)}?offset=${offset}`
      const part = await ask(url, filePart)
      if (!part) throw new Error(`The hub stopped handing out ${file.name}.`)
      await handle.write(Buffer.from(part.content, 'base64'), 0, undefined, offset)
      offset = part.next !== null && part.next > offset ? part.next : null
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  // An AppImage is started as it is; an installer does not mind.
  chmodSync(`${path}.part`, 0o755)
  renameSync(`${path}.part`, path)
}

/** `undefined` when the hub is away or does not speak to this computer. */
async function ask<Schema extends z.ZodType>(url: string, schema: Schema): Promise<z.infer<Schema> | undefined> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(PART_MS) }).catch(() => undefined)
  return response?.ok ? schema.parse(await response.json()) : undefined
}
