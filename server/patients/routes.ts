import { demandClinic } from '../auth/person.ts'
import { recordOfPatient } from '../consultations/queries.ts'
import { getRecord } from '../db/get.ts'
import { api } from '../http/api.ts'
import { importMany, livingRecord, register, setAllergies, updatePatient } from './commands.ts'
import { patientHistory } from './history.ts'
import { merge } from './merge.ts'
import { findDuplicates, searchPatients } from './queries.ts'
import { unmerge } from './unmerge.ts'

const { patients } = api

export const patientRoutes = {
  search: patients.search.handler(({ input, context }) => searchPatients(context.read, input.query, context.now)),
  register: patients.register.handler(({ input, context }) => {
    const { clinicId, ...fields } = input.body
    demandClinic(context.person, clinicId)
    return context.write((w) => register(w, clinicId, fields))
  }),
  duplicates: patients.duplicates.handler(({ input, context }) => ({
    items: findDuplicates(context.read, input.query),
  })),
  importMany: patients.importMany.handler(({ input, context }) => {
    demandClinic(context.person, input.body.clinicId)
    return context.write((w) => importMany(w, input.body.clinicId, input.body.rows))
  }),
  get: patients.get.handler(({ input, context }) => livingRecord(context.read, input.params.id)),
  update: patients.update.handler(({ input, context }) =>
    context.write((w) => updatePatient(w, input.params.id, input.body)),
  ),
  history: patients.history.handler(({ input, context }) => patientHistory(context.read, input.params.id, input.query)),
  // P5: opening is itself a row of the audit, so it goes through the door.
  openRecord: patients.openRecord.handler(({ input, context }) =>
    context.write((w) => {
      const { id } = livingRecord(w.sql, input.params.id)
      w.audit({ noun: 'patients', recordId: id })
      return { allergies: getRecord(w.sql, 'allergies', id), ...recordOfPatient(w.sql, id, w.actor) }
    }),
  ),
  setAllergies: patients.setAllergies.handler(({ input, context }) =>
    context.write((w) => setAllergies(w, input.params.id, input.body)),
  ),
  merge: patients.merge.handler(({ input, context }) =>
    context.write((w) => merge(w, { ...input.body, winnerId: input.params.id })),
  ),
  unmerge: patients.unmerge.handler(({ input, context }) =>
    context.write((w) => unmerge(w, input.params.id, input.body.mergeId)),
  ),
}
