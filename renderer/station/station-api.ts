import { routes } from 'virtual:station-contract'
import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import type { stationContract } from '../../contract/station.ts'
import { asKnownError, decodeRefusal } from '../live/known-errors.ts'
import { currentToken } from '../live/token.ts'

const link = new OpenAPILink(routes, {
  url: `${location.origin}/station`,
  // Some of it wants an administrator; most of it is asked before anybody can sign in.
  headers: () => {
    const token = currentToken()
    return token ? { authorization: `Bearer ${token.value}` } : {}
  },
  fetch: (request, init) => fetch(request, { ...init, credentials: 'same-origin', cache: 'no-store' }),
  customErrorResponseBodyDecoder: decodeRefusal,
  interceptors: [
    async ({ next }) => {
      try {
        return await next()
      } catch (error) {
        throw asKnownError(error)
      }
    },
  ],
})

/** What this computer answers by itself, typed by the contract. Throws `Refused`, and `HubAway` when it is stopped. */
export const stationApi = createORPCClient<ContractRouterClient<typeof stationContract>>(link)
