import { isDeepStrictEqual } from 'node:util'
import { type Here, readHere, whoAnswers } from '../local/proof.ts'
import { isProtected } from './protection.ts'

/** How a process that runs without this window is found to be there. */
export type Attached = { state: 'proven'; here: Here } | { state: 'impostor'; here: Here } | { state: 'nobody' }

/** A data folder: the machine's, or one of this user's own. */
export type DataFolder = { path: string; own: boolean }

/**
 * Whether somebody serves this data folder already, and can prove it. `undefined` when nobody ever has, or when the
 * folder is one that others may write: then what it says is worth nothing.
 *
 * @param known what it said when it was last found protected; the same is believed without a question
 */
export async function servedAt(folder: DataFolder, known?: Here): Promise<Here | undefined> {
  const here = readHere(folder.path)
  // Whoever proves that key now is the one from then; and Windows takes half a second to say whose a folder is.
  if (!here || isDeepStrictEqual(here, known)) return here && known
  if (!(await isProtected(folder))) return undefined
  // Read once more: only now is it known who wrote it.
  return readHere(folder.path)
}

export async function attach(folder: DataFolder, known?: Here): Promise<Attached> {
  const said = readHere(folder.path)
  if (!said) return { state: 'nobody' }
  // First, as mostly nobody is there; one that answers is asked for nothing but its proof.
  const state = await whoAnswers(said.port, said.publicKey)
  if (state === 'nobody') return { state }
  const here = await servedAt(folder, known)
  return here && isDeepStrictEqual(here, said) ? { state, here } : { state: 'nobody' }
}

/** Where a hub that is a system service keeps its data. */
export function serviceFolder(platform: NodeJS.Platform = process.platform, env = process.env): string {
  if (env.ANTEROOM_SERVICE_DATA) return env.ANTEROOM_SERVICE_DATA
  if (platform === 'win32') return `${env.PROGRAMDATA ?? 'C:\\ProgramData'}\\Anteroom`
  if (platform === 'darwin') return '/Library/Application Support/Anteroom'
  return '/var/lib/anteroom'
}
