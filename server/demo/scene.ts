import type { AnyContractProcedure } from '@orpc/contract'
import type { Noun } from '../../contract/feed.ts'
import type { Visit, VisitStatus } from '../../contract/visits.ts'
import type { Agenda } from './agenda.ts'
import { type Client, type ClientInput, type ClientOutput, Refused, wasTooLate } from './api.ts'
import { type Cast, type Roster, wallMs } from './cast.ts'
import type { Console } from './console.ts'
import type { DayClock } from './day-clock.ts'
import type { HumanWatch } from './human-watch.ts'
import type { Random } from './random.ts'

export const MINUTE = 60_000

/** What every role of the player acts on. */
export type Scene = {
  cast: Cast
  console: Console
  clock: DayClock
  agenda: Agenda
  watch: HumanWatch
  random: Random
  /** As a load: nobody waits to see the own act on the feed, and the same thing is asked for twice on purpose. */
  racing: boolean
  today: string
  roster: Roster
  tally: Tally
  newId(): string
  /** Told of an answer that no client should get. */
  onFault(error: unknown): void
}

/** What was done, and what others were faster at, by name. */
export type Tally = { done: Map<string, number>; tooLate: Map<string, number>; faults: string[] }

export function createTally(): Tally {
  return { done: new Map(), tooLate: new Map(), faults: [] }
}

/**
 * One act of one person. Being too late (409) is part of life: it answers undefined, as does a fault, which is told.
 * Waits until the own change came back on the feed, as a page does, unless racing.
 */
export async function act<P extends AnyContractProcedure>(
  scene: Scene,
  client: Client,
  route: P,
  input: ClientInput<P>,
  noun: Noun = 'visits',
): Promise<ClientOutput<P> | undefined> {
  const name = `${route['~orpc'].route.method} ${route['~orpc'].route.path}`
  try {
    const answer = await client.call(route, input)
    count(scene.tally.done, name)
    const record = recordIn(answer)
    if (record && !scene.racing) await scene.console.seen(noun, record)
    return answer
  } catch (error) {
    if (wasTooLate(error)) count(scene.tally.tooLate, `${name} ${error.code}`)
    else fault(scene, name, error)
    return undefined
  }
}

/** How long until a doctor, nurse or cashier looks again, a little different each time. */
export function soon(scene: Scene, minutes: number): number {
  return scene.clock.now() + minutes * MINUTE * (0.8 + scene.random.next() * 0.4)
}

export function visitsToday(scene: Scene, ...statuses: VisitStatus[]): Visit[] {
  return scene.console.store
    .all('visits')
    .filter((visit) => visit.day === scene.today && (statuses.length === 0 || statuses.includes(visit.status)))
}

/** The visit as it is now, when a person left it alone and it still has the status that the act is for. */
export function visitIf(scene: Scene, id: string, ...statuses: VisitStatus[]): Visit | undefined {
  const visit = scene.console.store.get('visits', id)
  return visit && statuses.includes(visit.status) && !scene.watch.isTouched(id) ? visit : undefined
}

/** A visit's own luck: the same draws whoever acts first. */
export function fateOf(scene: Scene, id: string, matter: string): Random {
  return scene.random.fork(id, matter)
}

export function at(scene: Scene, time: string): number {
  return wallMs(scene.cast.plan, scene.today, time)
}

function recordIn(answer: unknown): { id: string; version: number } | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined
  const record = 'visit' in answer ? answer.visit : answer
  if (typeof record !== 'object' || record === null || !('id' in record) || !('version' in record)) return undefined
  const { id, version } = record
  return typeof id === 'string' && typeof version === 'number' ? { id, version } : undefined
}

function fault(scene: Scene, name: string, error: unknown): void {
  const text = error instanceof Refused ? error.message : `${name}: ${error instanceof Error ? error.message : error}`
  scene.tally.faults.push(text)
  scene.onFault(error)
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}
