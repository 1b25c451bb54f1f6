import { hash, verify } from '@node-rs/argon2'

// OWASP Password Storage Cheat Sheet, 2024: Argon2id with 19 MiB, two passes, one lane.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export function hashSecret(secret: string): Promise<string> {
  return hash(secret.normalize('NFKC'), COST)
}

/** Whether the secret fits one of the hashes; without any, as much work as with one, so that nobody learns who exists. */
export async function secretFits(secret: string, hashes: readonly (string | null | undefined)[]): Promise<boolean> {
  const given = hashes.filter((known) => typeof known === 'string')
  if (given.length === 0) {
    await hashSecret(secret)
    return false
  }
  for (const known of given) if (await verify(known, secret.normalize('NFKC'))) return true
  return false
}
