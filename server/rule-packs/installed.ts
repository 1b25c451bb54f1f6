import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type RulePack, readRulePack } from '../../contract/rule-packs.ts'

const FOLDER = join(import.meta.dirname, '../../resources/rule-packs')
let installed: readonly RulePack[] | undefined

/**
 * The rule packs that came with this program, read when they are first asked for. Throws an Error that names the file when
 * one is not whole: better none than one with a gap.
 */
export function installedPacks(): readonly RulePack[] {
  installed ??= readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .map((file) => readRulePack(file, JSON.parse(readFileSync(join(FOLDER, file), 'utf8'))))
  return installed
}
