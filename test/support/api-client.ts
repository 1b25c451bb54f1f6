import { createORPCClient, ORPCError } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import type { SignedIn } from '../../contract/auth.ts'
import { type Contract, contract } from '../../contract/contract.ts'
import type { ErrorCode } from '../../contract/errors.ts'

export type ApiClient = ContractRouterClient<Contract>
export type SignedInClient = { api: ApiClient; token: string; session: SignedIn; cookie: string }

/** The typed client that a page uses, for tests and for whatever plays a page. Headers are added to every call. */
export function apiClient(url: string, headers: () => Record<string, string> = () => ({})): ApiClient {
  const link = new OpenAPILink(contract, {
    url: `${url}/api`,
    headers,
    customErrorResponseBodyDecoder: (body, { status }) => {
      if (typeof body !== 'object' || body === null || !('code' in body)) return null
      const { code, message, data } = body as { code: string; message: string; data?: unknown }
      return new ORPCError(code, { defined: true, status, message, data })
    },
  })
  return createORPCClient(link)
}

/** Signs in over HTTP, as a page does. */
export async function signIn(url: string, username: string, password: string): Promise<SignedInClient> {
  const response = await fetch(`${url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  })
  if (!response.ok) throw new Error(`signing in as ${username} failed: ${response.status} ${await response.text()}`)
  const session = (await response.json()) as SignedIn
  const cookie = (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? ''
  const token = session.accessToken
  return { api: apiClient(url, () => ({ authorization: `Bearer ${token}` })), token, session, cookie }
}

/** The refusal that a call must end in; fails when it succeeds or fails otherwise. */
export async function refusal(call: Promise<unknown>, code: ErrorCode): Promise<{ status: number; data: never }> {
  try {
    await call
  } catch (error) {
    if (error instanceof ORPCError && error.code === code) return { status: error.status, data: error.data as never }
    throw error
  }
  throw new Error(`expected the refusal ${code}, but the call succeeded`)
}
