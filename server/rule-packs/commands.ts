import { Refusal } from '../../contract/errors.ts'
import type { RulePackChoice } from '../../contract/rule-packs.ts'
import { demandClinic, type Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { demandVersion, getRecord } from '../db/get.ts'
import { today } from '../visits/queries.ts'
import { installedPacks } from './installed.ts'

type Choice = Pick<RulePackChoice, 'packs' | 'signedBy' | 'signedOn' | 'version'>

/** T4: records which packs a clinician of the clinic has signed. What was scored before goes on naming its own version. */
export function choosePacks(w: W<Person>, clinicId: string, request: Choice): RulePackChoice {
  w.audit({ noun: 'rulePackChoices', recordId: clinicId })
  demandClinic(w.actor, clinicId)
  const clinic = getRecord(w.sql, 'clinics', clinicId)
  const current = w.sql.find('rulePackChoices', clinicId)
  if (current) demandVersion(current, request.version)
  else if (request.version !== 0) throw new Refusal('not_found', { noun: 'rulePackChoices' })
  demandInstalled(request.packs)
  demandSigner(w, request.signedBy)
  if (request.signedOn > today(clinic, w.now)) throw wrong('signedOn', 'must not be in the future')
  const recorded = { recordedAt: w.now, recordedById: w.actor.userId }
  const next = { id: clinicId, clinicId, ...request, ...recorded, version: request.version + 1 }
  const choice = current ? w.update('rulePackChoices', next) : w.insert('rulePackChoices', next)
  w.audit({ detail: { packs: choice.packs.map(({ id, version }) => `${id}-${version}`).join(' ') } })
  w.record('rule_packs_updated', { clinicIds: [clinicId] }, { rulePackChoices: [choice] })
  return choice
}

/**
 * T4: a clinician of the clinic signs. A doctor who records it signs with their own name; whose signature is on the paper, an
 * administrator records.
 */
function demandSigner({ sql, actor }: W<Person>, signedBy: string): void {
  if (actor.roles.includes('administrator')) return
  const doctor = actor.doctorId ? sql.find('doctors', actor.doctorId)?.displayName : undefined
  const own = [getRecord(sql, 'users', actor.userId).displayName, doctor]
  if (!own.includes(signedBy)) throw wrong('signedBy', 'must be your own name')
}

/** Each installed, none twice, and one score at most: what `choosePacks` of the rules can go by. */
function demandInstalled(packs: Choice['packs']): void {
  const chosen = packs.map(({ id, version }, index) => {
    const pack = installedPacks().find((one) => one.id === id && one.version === version)
    if (!pack) throw wrong(`packs.${index}`, 'is not installed')
    if (packs.findIndex((other) => other.id === id) !== index) throw wrong(`packs.${index}`, 'is there twice')
    return pack
  })
  if (chosen.filter((pack) => pack.kind === 'score').length > 1) throw wrong('packs', 'must not hold two scores')
}

const wrong = (field: string, message: string) => new Refusal('bad_input', { fields: [{ field, message }] })
