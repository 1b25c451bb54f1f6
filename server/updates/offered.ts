import { existsSync } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '../../contract/errors.ts'
import { UPDATE_PART, updateManifest } from '../../contract/updates.ts'

/** Where an administrator puts an update: the files, `manifest.json` and `manifest.sig`, as `build/sign-update.ts` made them. */
function updatesFolder(dataDir: string): string {
  return join(dataDir, 'updates')
}

/** As it lies there. Whether it is genuine is for who installs it to check: the hub's computer is no authority on it. */
export async function offeredUpdate(dataDir: string): Promise<{ manifest: string; signature: string } | null> {
  const folder = updatesFolder(dataDir)
  const [manifestFile, signatureFile] = [join(folder, 'manifest.json'), join(folder, 'manifest.sig')]
  if (!existsSync(manifestFile) || !existsSync(signatureFile)) return null
  const [manifest, signature] = await Promise.all([readFile(manifestFile, 'utf8'), readFile(signatureFile, 'utf8')])
  return { manifest, signature: signature.trim() }
}

/** @throws Refusal `not_found` unless the manifest names the file and it is there */
export async function updatePart(
  dataDir: string,
  { name, offset }: { name: string; offset: number },
): Promise<{ content: string; next: number | null }> {
  const file = join(updatesFolder(dataDir), name)
  const offer = await offeredUpdate(dataDir)
  const listed = offer !== null && namesIn(offer.manifest).includes(name)
  if (!listed || !existsSync(file)) throw new Refusal('not_found', { noun: 'update' })
  const handle = await open(file, 'r')
  try {
    const { size } = await handle.stat()
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(UPDATE_PART), 0, UPDATE_PART, offset)
    const next = offset + bytesRead
    return { content: buffer.subarray(0, bytesRead).toString('base64'), next: next < size ? next : null }
  } finally {
    await handle.close()
  }
}

function namesIn(manifest: string): string[] {
  try {
    return updateManifest.parse(JSON.parse(manifest)).files.map(({ name }) => name)
  } catch {
    // A manifest that is none offers nothing.
    return []
  }
}
