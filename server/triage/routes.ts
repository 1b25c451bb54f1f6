import { visitOf } from '../consultations/step.ts'
import { api } from '../http/api.ts'
import { look, predict, recordPrediction, recordTriage } from './commands.ts'
import { takenOf } from './queries.ts'

const { triage, risk } = api

export const triageRoutes = {
  record: triage.record.handler(({ input, context }) =>
    context.write((w) => recordTriage(w, input.params.id, input.body)),
  ),
  look: triage.look.handler(({ input, context }) => context.write((w) => look(w, input.params.id, input.body.version))),
  // P5: opening is itself a row of the audit, so it goes through the door.
  ofVisit: triage.ofVisit.handler(({ input, context }) =>
    context.write((w) => {
      const visit = visitOf(w, input.params.id)
      w.audit({ noun: 'visits', recordId: visit.id, detail: { patient: visit.patientId } })
      return { items: takenOf(w.sql, visit, w.actor) }
    }),
  ),
}

export const riskRoutes = {
  predict: risk.predict.handler(async ({ input, context }) => {
    const { visitId, ageMonths, sex, ...taken } = input.body
    if (visitId) {
      const { record, alertRaised } = await context.write((w) => recordPrediction(w, visitId, taken))
      return { risk: record.risk, record, alertRaised }
    }
    const { clinicId, vitals, ageBand, pregnancy } = taken
    const subject = { ageMonths, ageBand, sex, pregnancy }
    const worked = predict({ sql: context.read, person: context.person }, clinicId, vitals, subject)
    return { risk: worked, record: null, alertRaised: null }
  }),
}
