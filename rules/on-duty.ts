import type { StaffStatus } from '../contract/users.ts'
import { MINUTE_MS } from './instants.ts'

/** Milliseconds since the epoch; the end no longer belongs to it. */
export type SpanMs = { from: number; to: number }

export type DutyQuestion = {
  /** Today's sessions without leave and closures, in order of time. */
  sessions: readonly SpanMs[]
  /** S1; `null` for a doctor who does not sign in. */
  status: StaffStatus['status'] | null
  statusSinceMs: number
  /** Q12: when reception has announced the doctor. */
  expectedMs: number | null
  /** Whether somebody is called to them or in consultation. */
  withPatient: boolean
  /** When their newest consultation of today began. */
  lastBeganMs: number | null
}

export type Duty = {
  /** From when they can call. */
  fromMs: number
  /** When they will not. */
  breaks: readonly SpanMs[]
  /** The scheduled end of the day; after it they go on until nobody waits. `null` when nothing is scheduled. */
  endsMs: number | null
}

/** How long a break is taken to last that nobody has said the end of, and how long one may still last after that. */
const BREAK_MS = 15 * MINUTE_MS
const STILL_MS = 5 * MINUTE_MS
/** A doctor who does not sign in is still there for so long after a consultation began. */
const SEEN_LATELY_MS = 60 * MINUTE_MS

/**
 * Q11: when a doctor sees patients from `nowMs` on; `undefined` for one who cannot be counted on: off duty, and neither
 * announced nor with a session to come. Between two sessions there is a break, unless they are working through it.
 */
export function dutyOf(question: DutyQuestion, nowMs: number): Duty | undefined {
  const { sessions, lastBeganMs } = question
  const breaks = gapsOf(sessions).filter(
    (gap) => lastBeganMs === null || lastBeganMs <= gap.from || lastBeganMs >= gap.to,
  )
  const endsMs = sessions.at(-1)?.to ?? null
  const here = question.withPatient ? nowMs : hereFrom(question, nowMs)
  if (here === undefined) return undefined
  const announced = question.withPatient ? nowMs : Math.max(here, question.expectedMs ?? nowMs)
  return { fromMs: afterBreak(breaks, announced), breaks, endsMs }
}

/** The first instant from `ms` on that is in no break. */
export function afterBreak(breaks: readonly SpanMs[], ms: number): number {
  return breaks.find((span) => span.from <= ms && ms < span.to)?.to ?? ms
}

/** What is left of sessions, in order of time, without leave and closures. */
export function without(sessions: readonly SpanMs[], gone: readonly SpanMs[]): SpanMs[] {
  const left = gone.reduce<readonly SpanMs[]>(
    (spans, away) =>
      spans.flatMap(({ from, to }) =>
        [
          { from, to: Math.min(to, away.from) },
          { from: Math.max(from, away.to), to },
        ].filter((span) => span.from < span.to),
      ),
    sessions,
  )
  return [...left].sort((a, b) => a.from - b.from)
}

function hereFrom(question: DutyQuestion, nowMs: number): number | undefined {
  const { sessions, status, statusSinceMs, expectedMs, lastBeganMs } = question
  const next = sessions.find((session) => session.to > nowMs)
  const begins = next ? Math.max(nowMs, next.from) : undefined
  switch (status) {
    case 'available':
    case 'busy':
      // Who is signed in early begins with the session, unless they have begun.
      return lastBeganMs === null ? (begins ?? nowMs) : nowMs
    case 'on_break':
      return expectedMs !== null && expectedMs > nowMs ? nowMs : backFromBreak(sessions, statusSinceMs, nowMs)
    case 'off_duty':
      if (expectedMs !== null) return nowMs
      return next && next.from > nowMs ? next.from : undefined
    case null:
      if (begins !== undefined) return begins
      return lastBeganMs !== null && nowMs - lastBeganMs < SEEN_LATELY_MS ? nowMs : undefined
  }
}

function backFromBreak(sessions: readonly SpanMs[], sinceMs: number, nowMs: number): number {
  const gap = gapsOf(sessions).find((span) => span.from <= nowMs && nowMs < span.to)
  return gap?.to ?? Math.max(sinceMs + BREAK_MS, nowMs + STILL_MS)
}

function gapsOf(sessions: readonly SpanMs[]): SpanMs[] {
  return sessions.slice(1).flatMap((session, index) => {
    const from = sessions[index]?.to ?? session.from
    return from < session.from ? [{ from, to: session.from }] : []
  })
}
