import { api } from '../http/api.ts'
import { changePrescription, prescribe, withdrawPrescription } from './commands.ts'

const { prescriptions } = api

export const prescriptionRoutes = {
  add: prescriptions.add.handler(({ input, context }) => context.write((w) => prescribe(w, input.body))),
  change: prescriptions.change.handler(({ input, context }) =>
    context.write((w) => changePrescription(w, input.params.id, input.body)),
  ),
  withdraw: prescriptions.withdraw.handler(({ input, context }) =>
    context.write((w) => withdrawPrescription(w, input.params.id, input.body)),
  ),
}
