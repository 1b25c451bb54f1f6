import { api } from '../http/api.ts'
import { addOrder, changeOrder, withdrawOrder } from './commands.ts'

const { orders } = api

export const orderRoutes = {
  add: orders.add.handler(({ input, context }) => context.write((w) => addOrder(w, input.body))),
  change: orders.change.handler(({ input, context }) =>
    context.write((w) => changeOrder(w, input.params.id, input.body)),
  ),
  withdraw: orders.withdraw.handler(({ input, context }) =>
    context.write((w) => withdrawOrder(w, input.params.id, input.body)),
  ),
}
