/**
 * The protocol version: raised whenever a schema of the contract changes. `protocol.test.ts` hashes every schema and
 * fails when they changed without it.
 */
export const PROTOCOL = 1

/** The oldest protocol that this build still speaks. */
export const OLDEST_PROTOCOL = 1
