import { Refusal } from '../../contract/errors.ts'
import type { DiagnosisTerm, Medicine } from '../../contract/short-lists.ts'
import { fold } from '../../rules/patient-names.ts'
import { demandClinic, getOwnVersion, type Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { demandNew, getRecord } from '../db/get.ts'

export function createMedicine(w: W<Person>, fields: Omit<Medicine, 'version'>): Medicine {
  demandClinic(w.actor, getRecord(w.sql, 'clinics', fields.clinicId).id)
  demandNew(w.sql, 'medicines', fields.id)
  demandOtherMedicine(w, fields)
  return announcedMedicine(w, w.insert('medicines', { ...fields, version: 1 }))
}

export function updateMedicine(w: W<Person>, id: string, fields: Omit<Medicine, 'id' | 'clinicId'>): Medicine {
  const current = getOwnVersion(w, 'medicines', id, fields.version)
  const next = { ...current, ...fields, version: current.version + 1 }
  demandOtherMedicine(w, next)
  return announcedMedicine(w, w.update('medicines', next))
}

export function createTerm(w: W<Person>, fields: Omit<DiagnosisTerm, 'version'>): DiagnosisTerm {
  demandClinic(w.actor, getRecord(w.sql, 'clinics', fields.clinicId).id)
  demandNew(w.sql, 'diagnosisTerms', fields.id)
  demandOtherTerm(w, fields)
  return announcedTerm(w, w.insert('diagnosisTerms', { ...fields, version: 1 }))
}

export function updateTerm(w: W<Person>, id: string, fields: Omit<DiagnosisTerm, 'id' | 'clinicId'>): DiagnosisTerm {
  const current = getOwnVersion(w, 'diagnosisTerms', id, fields.version)
  const next = { ...current, ...fields, version: current.version + 1 }
  demandOtherTerm(w, next)
  return announcedTerm(w, w.update('diagnosisTerms', next))
}

/** One line of the list for one medicine and dose: two of the same are one too many to choose from. */
function demandOtherMedicine(w: W, { id, clinicId, name, dose }: Pick<Medicine, 'id' | 'clinicId' | 'name' | 'dose'>) {
  const rows = w.sql.all<{ name: string; dose: string }>`
    select name, dose from medicines where clinicId = ${clinicId} and id <> ${id}`
  if (rows.some((row) => fold(row.name) === fold(name) && fold(row.dose) === fold(dose)))
    throw new Refusal('already_exists', { field: 'name' })
}

function demandOtherTerm(w: W, { id, clinicId, text }: Pick<DiagnosisTerm, 'id' | 'clinicId' | 'text'>) {
  const rows = w.sql.all<{ text: string }>`
    select text from diagnosisTerms where clinicId = ${clinicId} and id <> ${id}`
  if (rows.some((row) => fold(row.text) === fold(text))) throw new Refusal('already_exists', { field: 'text' })
}

function announcedMedicine(w: W, medicine: Medicine): Medicine {
  w.record('short_list_updated', { clinicIds: [medicine.clinicId] }, { medicines: [medicine] })
  return medicine
}

function announcedTerm(w: W, term: DiagnosisTerm): DiagnosisTerm {
  w.record('short_list_updated', { clinicIds: [term.clinicId] }, { diagnosisTerms: [term] })
  return term
}
