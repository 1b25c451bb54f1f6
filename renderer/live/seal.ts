// What is kept on this computer of a patient is sealed: AES-GCM, with the key that the hub gives its person at each sign-in.
// It lives in memory only, so whoever takes the computer, or the profile of its browser, has nothing that can be read.

const IV_BYTES = 12

let own: { userId: string; key: Promise<CryptoKey> } | null = null

/** @param key base64; `null` when nobody is signed in */
export function setSealKey(person: { userId: string; key: string } | null) {
  if (person === null) own = null
  else {
    const key = crypto.subtle.importKey('raw', fromBase64(person.key), 'AES-GCM', false, ['encrypt', 'decrypt'])
    own = { userId: person.userId, key }
  }
}

/** Only its person can open it, and only in this place. */
export type Seal = (place: string, text: string) => Promise<string>

/** With the key as it is now, also when its person has left by the time it is done; `undefined` when they are not here. */
export function sealOf(userId: string): Seal | undefined {
  if (own?.userId !== userId) return undefined
  const { key } = own
  return async (place, text) => {
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
    const sealed = await crypto.subtle.encrypt(by(iv, place), await key, new TextEncoder().encode(text))
    return toBase64(new Uint8Array([...iv, ...new Uint8Array(sealed)]))
  }
}

/** `undefined` for what the key of whoever is signed in does not open: it is another's, damaged, or of another hub. */
export async function unseal(userId: string, place: string, sealed: string): Promise<string | undefined> {
  if (own?.userId !== userId) return undefined
  const key = await own.key
  try {
    const bytes = fromBase64(sealed)
    const text = await crypto.subtle.decrypt(by(bytes.slice(0, IV_BYTES), place), key, bytes.slice(IV_BYTES))
    return new TextDecoder().decode(text)
  } catch (error) {
    if (error instanceof DOMException) return undefined
    throw error
  }
}

const by = (iv: Uint8Array<ArrayBuffer>, place: string) => ({
  name: 'AES-GCM',
  iv,
  additionalData: new TextEncoder().encode(place),
})

function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))
