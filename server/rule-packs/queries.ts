import type { RulePack, RulePackChoice } from '../../contract/rule-packs.ts'
import type { SqlReader } from '../db/sql.ts'
import { installedPacks } from './installed.ts'

type Named = RulePackChoice['packs'][number]

const isSame = (one: Named, other: Named): boolean => one.id === other.id && one.version === other.version
const nameOf = ({ id, version }: Named): Named => ({ id, version })

/** The packs that a clinic goes by: those that its clinician signed; before anybody did, all that are installed. */
export function packsInForce(sql: SqlReader, clinicId: string): readonly RulePack[] {
  const choice = sql.find('rulePackChoices', clinicId)
  if (!choice) return installedPacks()
  return installedPacks().filter((pack) => choice.packs.some((chosen) => isSame(chosen, pack)))
}

export function rulePacksOf(sql: SqlReader, clinicId: string) {
  const installed = [...installedPacks()]
  const choice = sql.find('rulePackChoices', clinicId) ?? null
  const missing = (choice?.packs ?? []).filter((chosen) => !installed.some((pack) => isSame(pack, chosen)))
  return { installed, choice, inForce: packsInForce(sql, clinicId).map(nameOf), missing }
}
