import type { IncomingMessage, ServerResponse } from 'node:http'
import { implement } from '@orpc/server'
import { stationContract } from '../../contract/station.ts'
import type { StationParts } from '../station.ts'

/** What the handler of a route gets besides its input. */
export type StationContext = { station: StationParts; request: IncomingMessage; response: ServerResponse }

/** How long a page may wait for a change, in milliseconds. */
const WAIT_MS = 20_000

const api = implement(stationContract).$context<StationContext>()

export const stationRoutes = api.router({
  state: api.state.handler(({ input, context: { station, response } }) => {
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    const after = input.query?.after
    return station.state.next(after, WAIT_MS, gone.signal)
  }),

  search: api.search.handler(({ context: { station } }) => {
    station.searchAgain()
    return station.state.get()
  }),

  join: api.join.handler(({ input, context: { station } }) => {
    station.join(input.body.to, input.body.name)
    return station.state.get()
  }),

  cancelJoin: api.cancelJoin.handler(({ context: { station } }) => {
    station.cancelJoin()
    return station.state.get()
  }),

  check: api.check.handler(async ({ input, context: { station } }) => ({
    steps: await station.check(input.body.address),
  })),

  changeRole: api.changeRole.handler(async ({ input, context: { station, request, response } }) => {
    const { role } = input.body
    await station.mayChangeRole(request.headers.authorization)
    station.leave(role)
    response.once('close', () => station.left(role))
    return { role }
  }),
})
