import type { Wait } from '../../contract/waits.ts'
import { type Estimates, toldMinutes } from '../../rules/expected-wait.ts'
import { isoInstant, MINUTE_MS } from '../../rules/instants.ts'

export type VisitWait = Pick<Wait, 'p50Minutes' | 'p80Minutes' | 'delayed'> & { visitId: string }

/** The estimates of one clinic as they are told. */
export type Answer = {
  at: string
  visits: VisitWait[]
  doctors: { doctorId: string; endsAt: string | null; unseen: number }[]
}

/** An end is told to five minutes: it is no better known, and does not change with every breath. */
const END_MS = 5 * MINUTE_MS

export function answerOf({ waits, forecasts }: Estimates, at: string): Answer {
  return {
    at,
    visits: waits.map(({ visitId, delayed, ...range }) => {
      const { p50, p80 } = toldMinutes(range)
      return { visitId, p50Minutes: p50, p80Minutes: p80, delayed }
    }),
    doctors: forecasts.map(({ doctorId, endsMs, unseen }) => ({
      doctorId,
      endsAt: endsMs === null ? null : isoInstant(Math.round(endsMs / END_MS) * END_MS),
      unseen,
    })),
  }
}
