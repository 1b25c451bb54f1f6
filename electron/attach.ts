import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Here, hereFile, readHere, whoAnswers } from '../local/proof.ts'

/** How a process that runs without this window is found to be there. */
export type Attached = { state: 'proven'; port: number } | { state: 'impostor' } | { state: 'nobody' }

/**
 * Whether somebody serves this data folder already, and can prove it. `undefined` when nobody ever has, or when the
 * folder is one that anybody may write: then what it says is worth nothing.
 */
export function servedAt(dataDir: string): Here | undefined {
  const here = readHere(dataDir)
  return here && isProtected(dataDir) ? here : undefined
}

export async function attach(dataDir: string): Promise<Attached> {
  const here = servedAt(dataDir)
  if (!here) return { state: 'nobody' }
  const answer = await whoAnswers(here.port, here.publicKey)
  return answer === 'proven' ? { state: 'proven', port: here.port } : { state: answer }
}

/** Only its owner may write there: the data folder, what is public in it, and the file. Windows: the installer's ACL. */
function isProtected(dataDir: string): boolean {
  if (process.platform === 'win32') return true
  const file = hereFile(dataDir)
  const stats = [dataDir, dirname(file), file].map((path) => statSync(path))
  return stats.every(({ mode, uid }) => (mode & 0o022) === 0 && uid === stats[0]?.uid)
}

/** Where a hub that is a system service keeps its data. */
export function serviceFolder(platform: NodeJS.Platform = process.platform, env = process.env): string {
  if (env.ANTEROOM_SERVICE_DATA) return env.ANTEROOM_SERVICE_DATA
  if (platform === 'win32') return `${env.PROGRAMDATA ?? 'C:\\ProgramData'}\\Anteroom`
  if (platform === 'darwin') return '/Library/Application Support/Anteroom'
  return '/var/lib/anteroom'
}
