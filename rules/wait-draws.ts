import type { Draws } from './draws.ts'

// What is drawn for one subject in one turn.
const KINDS = { length: 0, walk: 1, pause: 2, comes: 3, arrives: 4, held: 5, raised: 6, drift: 7 } as const
const FIRST_PLACE = 8
const STRIDE = 64

/** What is drawn of one kind for one subject in one playing: a share from 0 to below 1. */
export type Chance = (subject: number, turn: number, kind: keyof typeof KINDS) => number

export function chanceOf(draws: Draws): Chance {
  return (subject, turn, kind) => draws(subject, turn * STRIDE + KINDS[kind])
}

/** Further shares of one subject in one playing, as many as its places. */
export function placesOf(draws: Draws, subject: number, turn: number): (place: number) => number {
  return (place) => draws(subject, turn * STRIDE + FIRST_PLACE + place)
}
