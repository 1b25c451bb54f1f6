import { demandClinic } from '../auth/person.ts'
import { getRecord } from '../db/get.ts'
import { api } from '../http/api.ts'
import { addCharge, refund, takePayment, updateCharge } from './commands.ts'
import { takeForFamily } from './family.ts'
import { balanceOf, chargesOf, listPayments, paymentsOf } from './queries.ts'

const { charges, payments } = api

export const chargeRoutes = {
  list: charges.list.handler(({ input, context: { read, person } }) => {
    const visit = getRecord(read, 'visits', input.params.id)
    demandClinic(person, visit.clinicId)
    return {
      charges: chargesOf(read, visit.id),
      payments: paymentsOf(read, visit.id),
      balanceMinor: balanceOf(read, visit.id),
    }
  }),
  add: charges.add.handler(({ input, context }) => context.write((w) => addCharge(w, input.params.id, input.body))),
  update: charges.update.handler(({ input, context }) =>
    context.write((w) => updateCharge(w, input.params.id, input.body)),
  ),
}

export const paymentRoutes = {
  list: payments.list.handler(({ input, context }) => {
    demandClinic(context.person, input.query.clinicId)
    return listPayments(context.read, input.query, context.now)
  }),
  take: payments.take.handler(({ input, context }) => context.write((w) => takePayment(w, input.body))),
  takeFamily: payments.takeFamily.handler(({ input, context }) => context.write((w) => takeForFamily(w, input.body))),
  refund: payments.refund.handler(({ input, context }) => context.write((w) => refund(w, input.params.id, input.body))),
}
