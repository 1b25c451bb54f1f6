import type { Agent } from 'node:https'
import { setTimeout as pass } from 'node:timers/promises'
import type { HubAddress } from '../hub/addresses.ts'
import { askHub, Unanswered } from '../hub/ask.ts'
import { concluded, JoinFailed } from './answers.ts'

/** The hub holds a question for 20 seconds. */
const ANSWER_MS = 30_000
const AGAIN_MS = 1000
/** How long a hub may be away before a pairing is given up, in milliseconds: a cable was pulled, a hub restarted. */
const AWAY_MS = 60_000

type Asked = { address: HubAddress; agent: Agent; host: string; path: string }
type Outcome = { certificate: string; deviceId: string; deviceName: string }

/**
 * Waits for what the administrator makes of the digits.
 *
 * @throws JoinFailed, or what `signal` was aborted with
 */
export async function outcomeOf(
  asked: Asked,
  { clock, signal }: { clock: () => number; signal: AbortSignal },
): Promise<Outcome> {
  let heardAt = clock()
  for (;;) {
    const answer = await askHub({ ...asked, timeoutMs: ANSWER_MS, signal }).catch((error: unknown) => {
      if (!(error instanceof Unanswered) || error.why === 'impostor') throw error
      if (clock() - heardAt > AWAY_MS) throw new JoinFailed('unreachable', { cause: error })
      return undefined
    })
    if (!answer) {
      await pass(AGAIN_MS, undefined, { signal })
      continue
    }
    heardAt = clock()
    const outcome = concluded(answer.status, answer.body)
    if (outcome.phase === 'approved') {
      const { certificate, deviceId, deviceName } = outcome
      return { certificate, deviceId, deviceName }
    }
  }
}
