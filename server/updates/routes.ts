import { api } from '../http/api.ts'
import { offeredUpdate, updatePart } from './offered.ts'

const { updates } = api

export const updateRoutes = {
  latest: updates.latest.handler(async ({ context }) => ({ offer: await offeredUpdate(context.hub.dataDir) })),
  part: updates.part.handler(({ input, context }) =>
    updatePart(context.hub.dataDir, { name: input.params.name, offset: input.query.offset }),
  ),
}
