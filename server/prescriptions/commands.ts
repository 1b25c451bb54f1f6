import { Refusal } from '../../contract/errors.ts'
import type { Prescription } from '../../contract/prescriptions.ts'
import { allergiesNamedBy } from '../../rules/allergy-match.ts'
import { getOwnVersion, type Person } from '../auth/person.ts'
import { aboutVisit, announceClinical, visitOf, withdraw } from '../consultations/step.ts'
import type { W } from '../db/door.ts'
import { demandNew } from '../db/get.ts'

type Fields = Pick<Prescription, 'medicine' | 'dose' | 'howOften' | 'howLong' | 'note' | 'allergyReason'>

export function prescribe(w: W<Person>, { id, visitId, ...fields }: Fields & { id: string; visitId: string }) {
  const visit = visitOf(w, visitId)
  demandNew(w.sql, 'prescriptions', id)
  const checked = heedAllergies(w, visit.patientId, fields)
  return announced(
    w,
    w.insert('prescriptions', {
      id,
      ...aboutVisit(w, visit),
      ...checked,
      prescribedAt: w.now,
      prescribedById: w.actor.userId,
      withdrawnAt: null,
      version: 1,
    }),
  )
}

export function changePrescription(w: W<Person>, id: string, { version, ...fields }: Fields & { version: number }) {
  const current = getOwnVersion(w, 'prescriptions', id, version)
  const checked = heedAllergies(w, current.patientId, fields)
  return announced(w, w.update('prescriptions', { ...current, ...checked, version: version + 1 }))
}

export function withdrawPrescription(
  w: W<Person>,
  id: string,
  { version, withdrawn }: { version: number; withdrawn: boolean },
): Prescription {
  return announced(w, withdraw(w, 'prescriptions', getOwnVersion(w, 'prescriptions', id, version), withdrawn))
}

/** It warns; who prescribes all the same says why. A reason for what no listed allergy names is not kept. */
function heedAllergies(w: W, patientId: string | null, fields: Fields): Fields {
  const listed = patientId ? (w.sql.find('allergies', patientId)?.items ?? []) : []
  const substances = allergiesNamedBy(
    fields.medicine,
    listed.map((item) => item.substance),
  )
  if (substances.length > 0 && !fields.allergyReason) throw new Refusal('allergy_listed', { substances })
  return substances.length > 0 ? fields : { ...fields, allergyReason: null }
}

function announced(w: W, prescription: Prescription): Prescription {
  announceClinical(w, 'prescription_updated', { prescriptions: [prescription] })
  return prescription
}
