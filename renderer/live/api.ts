import { routes } from 'virtual:contract'
import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { v7 } from 'uuid'
import type { Contract } from '../../contract/contract.ts'
import { asKnownError, decodeRefusal } from './known-errors.ts'
import { Refused } from './refused.ts'
import { currentToken, renewToken } from './token.ts'

type CallContext = {
  /** One key for one thing that a person wants: a retry repeats it, so that the hub does it once. */
  intent?: string
  /** Sign-in and refresh go without a token, and are not tried again with a new one. */
  anonymous?: boolean
}

/** A new id: of a record, or of what a person wants to have done (`Idempotency-Key`). */
export const newId = (): string => v7()

const link = new OpenAPILink<CallContext>(routes, {
  url: `${location.origin}/api`,
  headers: ({ context }) => {
    const token = context.anonymous ? null : currentToken()
    return {
      ...(token ? { authorization: `Bearer ${token.value}` } : {}),
      ...(context.intent ? { 'idempotency-key': context.intent } : {}),
    }
  },
  fetch: (request, init) => fetch(request, { ...init, credentials: 'same-origin', cache: 'no-store' }),
  customErrorResponseBodyDecoder: decodeRefusal,
  interceptors: [
    async ({ next, context }) => {
      try {
        return await next()
      } catch (error) {
        const known = asKnownError(error)
        const mayRenew = known instanceof Refused && known.code === 'not_signed_in' && !context.anonymous
        if (!mayRenew || !(await renewToken())) throw known
      }
      try {
        return await next()
      } catch (error) {
        throw asKnownError(error)
      }
    },
  ],
})

/** The whole API, typed by the contract. Throws `Refused` and `HubAway`. */
export const api = createORPCClient<ContractRouterClient<Contract, CallContext>>(link)
