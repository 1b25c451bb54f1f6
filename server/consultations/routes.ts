import { api } from '../http/api.ts'
import { saveConsultation } from './commands.ts'
import { earlierVersions, recordOfVisit } from './queries.ts'
import { visitOf } from './step.ts'

const { consultations } = api

export const consultationRoutes = {
  save: consultations.save.handler(({ input, context }) =>
    context.write((w) => saveConsultation(w, input.params.id, input.body)),
  ),
  // P5: opening is itself a row of the audit, so it goes through the door.
  versions: consultations.versions.handler(({ input, context }) =>
    context.write((w) => {
      const visit = visitOf(w, input.params.id)
      w.audit({ noun: 'visits', recordId: visit.id, detail: { patient: visit.patientId } })
      return { items: earlierVersions(w.sql, visit.id) }
    }),
  ),
  ofVisit: consultations.ofVisit.handler(({ input, context }) =>
    context.write((w) => {
      const visit = visitOf(w, input.params.id)
      w.audit({ noun: 'visits', recordId: visit.id, detail: { patient: visit.patientId } })
      return recordOfVisit(w.sql, visit.id)
    }),
  ),
}
