import { createPrivateKey, X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { Fault } from '../../local/fault.ts'
import { replaceFile } from '../../local/replace-file.ts'

const certificate = z.string().refine((pem) => holds(() => new X509Certificate(pem).ca !== undefined), 'must be one')
const signed = z.strictObject({ key: z.string(), certificate })
/** A key that is not of its certificate signs what nobody can verify. */
const belongs = ({ key, certificate }: z.infer<typeof signed>) =>
  holds(() => new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key)))

const rootFile = signed
  .extend({
    /** The root that this one takes the place of, until all stations know it. */
    before: z.strictObject({ certificate, crossSigned: certificate, since: z.string() }).nullable(),
  })
  .refine(belongs, 'must be a key with its certificate')
export type RootFile = z.infer<typeof rootFile>

const leafFile = signed
  .extend({
    /** What it was made for, and until when it is valid, in milliseconds. */
    until: z.number(),
    signedBy: z.string(),
    hubId: z.string(),
    epoch: z.number(),
  })
  .refine(belongs, 'must be a key with its certificate')
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
    writeRoot: (content: RootFile) => replaceFile(root, JSON.stringify(content, null, 2)),
    writeLeaf: (content: LeafFile) => replaceFile(leaf, JSON.stringify(content, null, 2)),
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

/** What cannot even be read does not hold. */
function holds(act: () => boolean): boolean {
  try {
    return act()
  } catch {
    return false
  }
}
