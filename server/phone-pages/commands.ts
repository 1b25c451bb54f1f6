import type { Person } from '../auth/person.ts'
import { demandClinic } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { getRecord } from '../db/get.ts'

/** A phone has opened the page at this address: tickets and slips carry its code from now on. */
export function keepTested(w: W<Person>, clinicId: string, address: string | null): void {
  const clinic = ofMine(w, clinicId)
  const [at, by] = address === null ? [null, null] : [w.now, w.actor.userId]
  w.sql.run`
    insert into phonePages (clinicId, address, testedAt, testedById, slipDetails)
    values (${clinic.id}, ${address}, ${at}, ${by}, 0)
    on conflict do update set address = excluded.address, testedAt = excluded.testedAt,
      testedById = excluded.testedById`
  w.audit({ detail: { address } })
}

export function keepSlipDetails(w: W<Person>, clinicId: string, slipDetails: boolean): void {
  const clinic = ofMine(w, clinicId)
  w.sql.run`insert into phonePages (clinicId, slipDetails) values (${clinic.id}, ${slipDetails})
    on conflict do update set slipDetails = excluded.slipDetails`
  w.audit({ detail: { slipDetails } })
}

export function ofMine(w: W<Person>, clinicId: string) {
  w.audit({ noun: 'clinics', recordId: clinicId })
  const clinic = getRecord(w.sql, 'clinics', clinicId)
  demandClinic(w.actor, clinic.id)
  return clinic
}
