import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { Fault, systemCode } from '../../local/fault.ts'

const rootFile = z.strictObject({
  key: z.string(),
  certificate: z.string(),
  /** The root that this one takes the place of, until all stations know it. */
  before: z.strictObject({ certificate: z.string(), crossSigned: z.string(), since: z.string() }).nullable(),
})
export type RootFile = z.infer<typeof rootFile>

const leafFile = z.strictObject({
  key: z.string(),
  certificate: z.string(),
  /** What it was made for, and until when it is valid, in milliseconds. */
  until: z.number(),
  signedBy: z.string(),
  hubId: z.string(),
  epoch: z.number(),
})
export type LeafFile = z.infer<typeof leafFile>

/**
 * The hub's keys and certificates, readable by its user only. What belongs together is one file, replaced as a whole: a
 * power cut leaves the old root or the new one, and never the key of one with the certificate of the other.
 */
export function trustFiles(folder: string) {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const root = join(folder, 'root.json')
  const leaf = join(folder, 'leaf.json')
  return {
    readRoot: (): RootFile | undefined => {
      if (!existsSync(root)) return undefined
      const parsed = rootFile.safeParse(readJson(root))
      if (parsed.success) return parsed.data
      // A new root would send every station away without a word.
      throw new Fault(
        `The file ${root}, by which the stations know this hub, is damaged.`,
        'Put it back from a backup; without one, move it away, and every station must be paired again.',
        { cause: parsed.error },
      )
    },
    /** A leaf that cannot be read is made anew. */
    readLeaf: (): LeafFile | undefined => (existsSync(leaf) ? leafFile.safeParse(readJson(leaf)).data : undefined),
    writeRoot: (content: RootFile) => replace(root, content),
    writeLeaf: (content: LeafFile) => replace(leaf, content),
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    // Not even JSON: its reader says what that means.
    return undefined
  }
}

function replace(file: string, content: object): void {
  try {
    writeFileSync(`${file}.part`, JSON.stringify(content, null, 2), { mode: 0o600, flush: true })
    renameSync(`${file}.part`, file)
  } catch (error) {
    const why = systemCode(error) === 'ENOSPC' ? 'the disk is full' : (systemCode(error) ?? 'unknown reason')
    throw new Fault(
      `The file ${file} cannot be written (${why}).`,
      'Free some space, or give this user write access.',
      {
        cause: error,
      },
    )
  }
}
