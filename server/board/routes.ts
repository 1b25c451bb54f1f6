import { demandClinic } from '../auth/person.ts'
import { api } from '../http/api.ts'
import { publicAddresses } from '../phone-pages/queries.ts'
import { setMessage } from './commands.ts'

const { boards } = api

export const boardRoutes = {
  get: boards.get.handler(({ input, context }) => {
    demandClinic(context.person, input.params.id)
    const clinics = context.read.all`select id from clinics limit 2`
    // With one clinic there is nothing to choose, and an address that is typed with a remote control is short.
    const which = clinics.length > 1 ? `?clinic=${input.params.id}` : ''
    return { addresses: publicAddresses(context.hub).map((address) => `http://${address}/board${which}`) }
  }),
  setMessage: boards.setMessage.handler(({ input, context }) =>
    context.write((w) => setMessage(w, input.params.id, input.body)),
  ),
}
