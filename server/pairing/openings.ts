import { createPublicKey, randomBytes } from 'node:crypto'
import { Refusal } from '../../contract/errors.ts'
import type { PairingRequest, PairingState } from '../../contract/pairing.ts'
import { pairingCommitment, pairingDigits } from '../../contract/pairing-digits.ts'
import { createSignal } from './signal.ts'

/** How long computers may ask, in milliseconds. */
export const OPEN_MS = 10 * 60_000
/** How many may ask before it has to be opened again. */
export const MOST_REQUESTS = 5
/** How long a computer's question for the outcome waits, in milliseconds. */
const WAIT_MS = 20_000

type Why = 'expired' | 'refused' | 'wrong_digits'
/** How a request stands. `approving`: the digits were right, and what follows from that is being written. */
type Standing =
  | { phase: 'asked' }
  | { phase: 'ready'; digits: string }
  | { phase: 'approving'; digits: string }
  | { phase: 'approved'; certificate: string; deviceId: string; deviceName: string }
  | { phase: 'failed'; why: Why }

type Asking = {
  id: string
  name: string
  address: string
  askedAt: number
  until: number
  stationKey: Uint8Array
  hubNonce: Uint8Array
  /** DER of the root as it was when the computer asked. */
  root: Uint8Array
  standing: Standing
}

export type Approved = { certificate: string; deviceId: string; deviceName: string }
export type Outcome = { phase: 'waiting' } | ({ phase: 'approved' } & Approved)
export type Pairing = ReturnType<typeof createPairing>

type PairingOptions = {
  hubId: string
  /** Milliseconds, of the clock that the pages show. */
  clock: () => number
  root: () => { der: Uint8Array; certificate: string }
}

/**
 * Who may ask to be paired, and how far they are (design 7). In memory alone: a restart ends what was under way. Nothing
 * here is written, so that a stranger cannot make the hub write.
 */
export function createPairing({ hubId, clock, root }: PairingOptions) {
  let opening = { until: 0, left: 0 }
  let timer: NodeJS.Timeout | undefined
  const requests = new Map<string, Asking>()
  const changed = createSignal()

  return {
    state: (): PairingState => {
      expire()
      const openUntil = isOpen() ? new Date(opening.until).toISOString() : null
      return { openUntil, left: isOpen() ? opening.left : 0, requests: [...requests.values()].map(shown) }
    },

    /** For ten minutes, five may ask. Those who wait from before still do, until their own ten minutes are over. */
    open: () => {
      expire()
      for (const [id, { standing }] of requests) if (isOver(standing)) requests.delete(id)
      opening = { until: clock() + OPEN_MS, left: MOST_REQUESTS }
      // Also when the computer's clock is set back meanwhile.
      clearTimeout(timer)
      timer = setTimeout(close, OPEN_MS, 'expired' as const)
      timer.unref()
    },

    close: () => close('refused'),

    /** @throws Refusal `pairing_closed`, `already_exists`, or `bad_input` for what is no P-256 key */
    ask: async ({
      id,
      name,
      stationKey: sent,
      address,
    }: {
      id: string
      name: string
      stationKey: string
      address: string
    }) => {
      expire()
      if (!isOpen() || opening.left === 0) throw new Refusal('pairing_closed')
      if (requests.has(id)) throw new Refusal('already_exists', { field: 'id' })
      const stationKey = readKey(sent)
      opening.left -= 1
      const hubNonce = new Uint8Array(randomBytes(32))
      const { der, certificate } = root()
      const of = { stationKey, hubNonce, root: der }
      const standing = { phase: 'asked' } as const
      requests.set(id, { id, name, address, askedAt: clock(), until: opening.until, ...of, standing })
      return { root: certificate, commitment: text(await pairingCommitment({ hubId, ...of })) }
    },

    /** Gives the hub's nonce for the station's: once, for a second one could be chosen to make the digits fit. */
    reveal: async (id: string, stationNonce: string): Promise<{ hubNonce: string }> => {
      const request = find(id)
      if (request.standing.phase !== 'asked') throw failed(request)
      const { stationKey, hubNonce, root } = request
      // Taken before anything is waited for: two that come at once must not both be answered.
      request.standing = { phase: 'ready', digits: '' }
      const digits = await pairingDigits({ root, hubId, stationKey, hubNonce, stationNonce: bytes(stationNonce) })
      if (request.standing.phase === 'ready') request.standing = { phase: 'ready', digits }
      return { hubNonce: text(hubNonce) }
    },

    /** How a request ended; waits for it, until `gone` or twenty seconds. */
    outcome: async (id: string, gone: AbortSignal): Promise<Outcome> => {
      const until = performance.now() + WAIT_MS
      for (;;) {
        const request = find(id)
        const { standing } = request
        if (standing.phase === 'approved') return standing
        if (standing.phase === 'failed') throw failed(request)
        const left = until - performance.now()
        if (left <= 0 || gone.aborted || changed.ended()) return { phase: 'waiting' }
        await changed.wait(left, gone)
      }
    },

    /** The key of a computer that asked, DER in base64url. */
    publicKeyOf: (id: string): string => text(find(id).stationKey),

    /**
     * The one try of the digits. When they are right, `finish` says what becomes of it.
     *
     * @throws Refusal `pairing_failed`
     */
    tryDigits: (id: string, typed: string) => {
      const request = find(id)
      const { standing } = request
      if (standing.phase !== 'ready' && standing.phase !== 'asked') throw failed(request)
      if (standing.phase === 'asked' || standing.digits === '' || standing.digits !== typed) {
        end(request, 'wrong_digits')
        throw failed(request)
      }
      request.standing = { phase: 'approving', digits: standing.digits }
      return {
        publicKey: text(request.stationKey),
        /** `undefined`: it could not be written; the same digits may be typed again. */
        finish: (approved: Approved | undefined) => {
          request.standing = approved ? { phase: 'approved', ...approved } : standing
          changed.tell()
        },
      }
    },

    /** @throws Refusal `pairing_failed` */
    refuse: (id: string) => {
      const request = find(id)
      if (isOver(request.standing) || request.standing.phase === 'approving') throw failed(request)
      end(request, 'refused')
    },

    stop: () => {
      clearTimeout(timer)
      changed.end()
    },
  }

  function isOpen(): boolean {
    return clock() < opening.until
  }

  function close(why: Why): void {
    opening = { until: 0, left: 0 }
    clearTimeout(timer)
    for (const request of requests.values()) if (isWaiting(request.standing)) end(request, why)
  }

  function end(request: Asking, why: Why): void {
    request.standing = { phase: 'failed', why }
    changed.tell()
  }

  /** Requests live as long as the opening that they came in; how they ended is told for as long again. */
  function expire(): void {
    const now = clock()
    for (const request of requests.values()) {
      if (now >= request.until && isWaiting(request.standing)) end(request, 'expired')
      if (now >= request.until + OPEN_MS) requests.delete(request.id)
    }
  }

  function find(id: string): Asking {
    expire()
    const request = requests.get(id)
    if (!request) throw new Refusal('pairing_failed', { why: 'unknown' })
    return request
  }
}

const isWaiting = ({ phase }: Standing) => phase === 'asked' || phase === 'ready'
const isOver = ({ phase }: Standing) => phase === 'approved' || phase === 'failed'

function failed({ standing }: Asking): Refusal {
  return new Refusal('pairing_failed', { why: standing.phase === 'failed' ? standing.why : 'used' })
}

function shown({ id, name, address, askedAt, standing }: Asking): PairingRequest {
  const phase = standing.phase === 'approving' ? 'ready' : standing.phase
  return { id, name, address, askedAt: new Date(askedAt).toISOString(), phase }
}

/** @throws Refusal `bad_input` when it is not a point of P-256 in the one form that there is of it */
function readKey(sent: string): Uint8Array {
  const der = Buffer.from(sent, 'base64url')
  if (isP256(der)) return new Uint8Array(der)
  throw new Refusal('bad_input', { fields: [{ field: 'stationKey', message: 'must be a P-256 public key' }] })
}

function isP256(der: Buffer): boolean {
  try {
    const key = createPublicKey({ key: der, type: 'spki', format: 'der' })
    const { namedCurve } = key.asymmetricKeyDetails ?? {}
    return namedCurve === 'prime256v1' && key.export({ type: 'spki', format: 'der' }).equals(der)
  } catch {
    // Not a key at all.
    return false
  }
}

const text = (value: Uint8Array): string => Buffer.from(value).toString('base64url')
const bytes = (value: string): Uint8Array => new Uint8Array(Buffer.from(value, 'base64url'))
