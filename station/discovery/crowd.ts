import { type HubAddress, writeAddress } from '../hub/addresses.ts'
import type { Candidate } from './ways.ts'

// Anybody on the network may claim to be any number of hubs. What is kept and asked is bounded, and the bounds are such
// that one machine cannot crowd a real hub out: of one address only a few are kept; who does not answer makes room for who
// comes; and the hub that this station knows, and who answers both questions, come before the rest.

/** Hubs that a person is shown. */
export const MOST_SHOWN = 32
/** Places that are asked whether a hub is there. */
export const MOST_KEPT = 128
/** Places where the pinned hub is said to be, which are all asked at once. */
export const MOST_HEARD = 64
/** Of one address: a hub has one place there, and a test or a demonstration another. */
export const MOST_OF_A_HOST = 4

export type Place = { hubId: string; address: HubAddress; via: ReadonlySet<Candidate['via']>; answers: boolean }
/** The hub that this station is paired with, and where it was last. */
export type KnownHub = { hubId: string; address: string }

/** The known hub's last address, whatever says that it is the known hub, what was found by both ways, and the rest. */
export function rankOf({ hubId, address, via }: Omit<Place, 'answers'>, known: KnownHub | undefined): 0 | 1 | 2 | 3 {
  if (known && writeAddress(address) === known.address) return 3
  if (known && hubId === known.hubId) return 2
  return via.size > 1 ? 1 : 0
}

/** The likeliest first; among equals, those that answered first. */
export function inOrder<P extends Place>(places: P[], known: KnownHub | undefined): P[] {
  return places.toSorted((one, other) => rankOf(other, known) - rankOf(one, known))
}

/**
 * Whether one that was just heard of is kept, and which makes room for it. `places` are in the order in which they came.
 */
export function roomFor<P extends Place>(
  newcomer: Omit<Place, 'answers'>,
  places: P[],
  known: KnownHub | undefined,
): { kept: boolean; instead?: P } {
  const sameHost = places.filter(({ address }) => address.host === newcomer.address.host)
  const crowd = sameHost.length >= MOST_OF_A_HOST ? sameHost : places.length >= MOST_KEPT ? places : []
  const weakest = crowd.reduce<P | undefined>((weak, next) => (weak && !isWeaker(next, weak) ? weak : next), undefined)
  if (!weakest) return { kept: true }
  const difference = rankOf(newcomer, known) - rankOf(weakest, known)
  // A hub answers within milliseconds; what has not may be nobody.
  const yields = difference > 0 || (difference === 0 && !weakest.answers)
  return yields ? { kept: true, instead: weakest } : { kept: false }

  function isWeaker(one: P, other: P): boolean {
    const ranks = rankOf(one, known) - rankOf(other, known)
    return ranks === 0 ? other.answers && !one.answers : ranks < 0
  }
}

/** Where the pinned hub is said to be, the newest last: whoever says so may be anybody, but has few places at one address. */
export function alsoHeard(heard: HubAddress[], address: HubAddress): HubAddress[] {
  const there = heard.filter(({ host }) => host === address.host)
  const kept = there.length >= MOST_OF_A_HOST ? heard.filter((one) => one !== there[0]) : heard
  return [...kept, address].slice(-MOST_HEARD)
}
