import { api } from '../http/api.ts'
import { setMessage } from './commands.ts'

const { boards } = api

export const boardRoutes = {
  setMessage: boards.setMessage.handler(({ input, context }) =>
    context.write((w) => setMessage(w, input.params.id, input.body)),
  ),
}
