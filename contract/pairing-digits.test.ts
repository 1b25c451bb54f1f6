import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pairingCommitment, pairingDigits, type Transcript } from './pairing-digits.ts'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const transcript: fc.Arbitrary<Transcript> = fc.record({
  root: fc.uint8Array({ minLength: 300, maxLength: 400 }),
  hubId: fc.uuid({ version: 7 }),
  stationKey: bytes(91),
  hubNonce: bytes(32),
  stationNonce: bytes(32),
})
const parts = ['root', 'hubId', 'stationKey', 'hubNonce', 'stationNonce'] as const
/** Two in a million runs would meet by chance: the runs are always the same. */
const steady = { seed: 3, numRuns: 300 }

/** With one bit of one of its parts turned. */
function altered(of: Transcript, part: (typeof parts)[number], at: number): Transcript {
  if (part === 'hubId') {
    const index = at % of.hubId.length
    const letter = of.hubId[index] === 'a' ? 'b' : 'a'
    return { ...of, hubId: of.hubId.slice(0, index) + letter + of.hubId.slice(index + 1) }
  }
  const copy = new Uint8Array(of[part])
  copy[at % copy.length] = (copy[at % copy.length] ?? 0) ^ (1 << (at % 8))
  return { ...of, [part]: copy }
}

test('both sides show the same six digits', async () => {
  await fc.assert(
    fc.asyncProperty(transcript, async (of) => {
      const digits = await pairingDigits(of)
      expect(digits).toMatch(/^\d{6}$/)
      expect(await pairingDigits({ ...of, root: new Uint8Array(of.root) })).toBe(digits)
    }),
    steady,
  )
})

test('any byte that differs makes other digits', async () => {
  await fc.assert(
    fc.asyncProperty(transcript, fc.constantFrom(...parts), fc.nat(), async (of, part, at) => {
      expect(await pairingDigits(altered(of, part, at))).not.toBe(await pairingDigits(of))
    }),
    steady,
  )
})

test('the commitment holds all but the station’s nonce', async () => {
  const hex = async (of: Transcript) => Buffer.from(await pairingCommitment(of)).toString('hex')
  await fc.assert(
    fc.asyncProperty(transcript, fc.constantFrom(...parts), fc.nat(), async (of, part, at) => {
      const same = (await hex(altered(of, part, at))) === (await hex(of))
      expect(same).toBe(part === 'stationNonce')
    }),
    steady,
  )
})

test('what belongs to one part does not count for its neighbour', async () => {
  const of = { root: new Uint8Array([1, 2]), hubId: 'h', stationKey: new Uint8Array([3]) }
  const nonces = { hubNonce: new Uint8Array(32), stationNonce: new Uint8Array(32) }
  const moved = { root: new Uint8Array([1]), hubId: 'h', stationKey: new Uint8Array([2, 3]) }
  expect(await pairingDigits({ ...of, ...nonces })).not.toBe(await pairingDigits({ ...moved, ...nonces }))
})
