import { demandClinic } from '../auth/person.ts'
import { api } from '../http/api.ts'
import { acknowledge, escalate, raiseByHand, resolve } from './commands.ts'
import { listAlerts, stepsOf } from './queries.ts'

const { alerts } = api

export const alertRoutes = {
  list: alerts.list.handler(({ input, context: { read, person } }) => listAlerts(read, person, input.query)),
  steps: alerts.steps.handler(({ input, context: { read, person } }) => ({
    items: stepsOf(read, person, input.params.id),
  })),
  raise: alerts.raise.handler(({ input, context }) => context.write((w) => raiseByHand(w, input.body))),
  acknowledge: alerts.acknowledge.handler(({ input, context }) =>
    context.write((w) => acknowledge(w, input.params.id, input.body.version)),
  ),
  escalate: alerts.escalate.handler(({ input, context }) =>
    context.write((w) => escalate(w, input.params.id, input.body.version)),
  ),
  resolve: alerts.resolve.handler(({ input, context }) =>
    context.write((w) => resolve(w, input.params.id, input.body)),
  ),
  analytics: alerts.analytics.handler(({ input, context: { hub, person } }) => {
    demandClinic(person, input.query.clinicId)
    return hub.analyst.alerts(input.query)
  }),
}
