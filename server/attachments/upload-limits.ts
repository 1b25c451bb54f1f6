import { Refusal } from '../../contract/errors.ts'
import type { Upload } from './files.ts'

/** What one person may send: more than a nurse with a stack of photos does, and less than fills a disk unseen. */
export const BYTES_A_MINUTE = 120_000_000
/** Files that were begun, and neither attached nor given up. */
export const MOST_BEGUN = 20
/** One of which nothing came for so long does not count any more. */
const GIVEN_UP_MS = 10 * 60_000

export type UploadLimits = {
  /**
   * Counts a part before it is written, so that many at once do not all pass.
   *
   * @throws Refusal `too_much_sent` with the seconds to wait
   */
  admit(upload: Upload, bytes: number, begins: boolean): void
  /** It is attached, or was refused for good. */
  ended(upload: Upload): void
}

/** `bytes` of the last minute, as they were at `at`: they run out evenly. `begun`: when a part of each came last. */
type Sent = { bytes: number; at: number; begun: Map<string, number> }

/** In memory: a restart forgives. @param now milliseconds of the real clock */
export function createUploadLimits(now: () => number = Date.now): UploadLimits {
  const people = new Map<string, Sent>()

  return {
    admit: ({ userId, id }, bytes, begins) => {
      const sent = sentBy(userId)
      if (begins && !sent.begun.has(id) && sent.begun.size >= MOST_BEGUN) {
        const oldest = Math.min(...sent.begun.values())
        throw wait(oldest + GIVEN_UP_MS - now())
      }
      const over = sent.bytes + bytes - BYTES_A_MINUTE
      if (over > 0) throw wait((over / BYTES_A_MINUTE) * 60_000)
      sent.bytes += bytes
      if (begins || sent.begun.has(id)) sent.begun.set(id, now())
    },
    ended: ({ userId, id }) => {
      people.get(userId)?.begun.delete(id)
    },
  }

  function sentBy(userId: string): Sent {
    const known = people.get(userId) ?? { bytes: 0, at: now(), begun: new Map<string, number>() }
    people.set(userId, known)
    known.bytes = Math.max(0, known.bytes - ((now() - known.at) / 60_000) * BYTES_A_MINUTE)
    known.at = now()
    for (const [id, at] of known.begun) if (now() - at > GIVEN_UP_MS) known.begun.delete(id)
    return known
  }
}

const wait = (ms: number) => new Refusal('too_much_sent', { seconds: Math.max(1, Math.ceil(ms / 1000)) })
