// The access token lives in memory only. `api.ts` reads it, `session.ts` renews it.

type AccessToken = { value: string; expiresAt: string }

let token: AccessToken | null = null
let renew: () => Promise<boolean> = async () => false

export function currentToken(): AccessToken | null {
  return token
}

export function setToken(next: AccessToken | null) {
  token = next
}

/** How to get a new token when the hub no longer takes the present one; answers whether there is one. */
export function onRenewal(how: () => Promise<boolean>) {
  renew = how
}

export function renewToken(): Promise<boolean> {
  return renew()
}
