import type { BoardCall } from '../../contract/board.ts'

/** Who is called in the room: the one that is shown large, and those that are still to be announced. */
export type Hall = {
  hero: BoardCall | null
  /** When it took its place, in milliseconds of the page's clock. */
  heroSince: number
  /** Not announced yet, oldest first. They are on the screen already, below. */
  queue: readonly BoardCall[]
  /** All that the hub shows, newest first. */
  calls: readonly BoardCall[]
  /** Announced, or too old to be: nothing is announced twice but a recall, which is a call of its own. */
  heard: readonly string[]
}

export const emptyHall: Hall = { hero: null, heroSince: Number.NEGATIVE_INFINITY, queue: [], calls: [], heard: [] }

/** S4: each call has the large place for at least so long. */
export const HERO_MS = 10_000
/** As many as a day has, and more; a screen runs for months. */
const HEARD_MOST = 2_000

const keyOf = ({ ticket, calledAt }: BoardCall) => `${ticket} ${calledAt}`

/** The hub says who is called now. `isFresh`: worth announcing still. */
export function arrive(hall: Hall, calls: readonly BoardCall[], isFresh: (call: BoardCall) => boolean): Hall {
  const present = new Set(calls.map(keyOf))
  const heard = new Set(hall.heard)
  const news = calls.filter((call) => !heard.has(keyOf(call)))
  const queue = [
    ...hall.queue.filter((call) => present.has(keyOf(call))),
    ...news.filter(isFresh).sort((a, b) => a.calledAt.localeCompare(b.calledAt) || a.ticket.localeCompare(b.ticket)),
  ]
  const hero = calls.find(({ ticket }) => ticket === hall.hero?.ticket)
  return {
    hero: hero ? (hall.hero ?? null) : null,
    heroSince: hero ? hall.heroSince : Number.NEGATIVE_INFINITY,
    queue,
    calls,
    heard: [...hall.heard, ...news.map(keyOf)].slice(-HEARD_MOST),
  }
}

/**
 * Gives the large place to the next one: to be announced, when the one before has had its time and nothing is being said;
 * a recall takes over its own ticket's. Answers the same hall when nothing changes.
 */
export function advance(hall: Hall, { now, speaking }: { now: number; speaking: boolean }): Hall {
  const [next, ...queue] = hall.queue
  const { hero, heroSince } = hall
  if (next && !speaking && (hero === null || hero.ticket === next.ticket || now - heroSince >= HERO_MS))
    return { ...hall, hero: next, heroSince: now, queue }
  const newest = hall.calls[0]
  if (hero === null && !next && newest) return { ...hall, hero: newest }
  return hall
}

/** Those below the large one: who is to be announced first of all, then the newest. */
export function below({ hero, queue, calls }: Hall, most: number): BoardCall[] {
  const tickets = new Set(queue.map(({ ticket }) => ticket))
  const others = calls.filter(({ ticket }) => ticket !== hero?.ticket && !tickets.has(ticket))
  const shown = [...queue.filter(({ ticket }) => ticket !== hero?.ticket), ...others].slice(0, most)
  return shown.sort((a, b) => b.calledAt.localeCompare(a.calledAt))
}
