import { useEffect, useState } from 'react'
import { create } from 'zustand'
import type { ErrorCode } from '../../contract/errors.ts'
import type { Noun, Nouns } from '../../contract/feed.ts'
import { newId } from './api.ts'
import { forgetDraft, readDraft, writeDraft } from './drafts.ts'
import { useSession } from './session.ts'
import { useRecord } from './store.ts'

// One key for one thing that a person wants, kept like a draft, also past a reload. An answer may be lost after the hub
// has done it: pressed again, the hub knows the key and answers as before, or says that it was sent with other content.

const draftOf = (name: string) => `intent.${name}`
const person = () => useSession.getState().user?.id ?? ''

/** Whose answer did not come. */
const useLost = create<Readonly<Record<string, true>>>(() => ({}))
const underWay = new Set<string>()

const kept = (name: string) => readDraft<string>(person(), draftOf(name))

/** The key of what is wanted under this name, until it is settled. A part of it is named `whole/part`, and goes with it. */
export function intentOf(name: string): string {
  const earlier = kept(name)
  if (earlier) return earlier
  const id = newId()
  writeDraft(person(), draftOf(name), id)
  const [whole = name] = name.split('/')
  if (whole !== name) writeDraft(person(), draftOf(`${whole}/`), [...partsOf(whole), name])
  return id
}

const partsOf = (name: string): readonly string[] => readDraft<string[]>(person(), draftOf(`${name}/`)) ?? []

/** It was done, was refused, or is given up: the next is another one. */
export function settle(name: string): void {
  for (const each of [...partsOf(name), `${name}/`, name]) forgetDraft(person(), draftOf(each))
  useLost.setState(({ [name]: _settled, ...others }) => others, true)
}

/** What was wanted under this name so long ago is given up: whoever asks now wants something else. */
export function giveUpOld(name: string, longestMs: number): void {
  const id = kept(name)
  // A key says when it was made: its first 48 bits (UUIDv7).
  if (id && Date.now() - Number.parseInt(id.replace('-', '').slice(0, 12), 16) > longestMs) settle(name)
}

export const begin = (name: string): void => void underWay.add(name)

export function end(name: string, answered: boolean): void {
  underWay.delete(name)
  if (!answered) useLost.setState({ [name]: true })
}

/** Refusals that come before the command, or instead of it: they do not say that it was not done the time before. */
const SAYS_NOTHING: readonly ErrorCode[] = [
  'not_signed_in',
  'not_paired',
  'wrong_protocol',
  'too_many',
  'internal',
  'unavailable',
]

export const settles = (code: ErrorCode): boolean => !SAYS_NOTHING.includes(code)

/**
 * What was wanted and got no answer, and is there after all: the feed brought it. `onMade` once.
 * @param recordName the intent whose key is the record's id, where that is a part
 */
export function useMade<N extends Noun>(
  noun: N,
  name: string,
  onMade: (record: Nouns[N]) => void,
  recordName = name,
): void {
  const [leftBehind] = useState(() => kept(name) !== undefined && !underWay.has(name))
  const lost = useLost((all) => all[name] === true)
  const id = lost || leftBehind ? kept(recordName) : undefined
  const made = useRecord(noun, id)
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once, when it is there
  useEffect(() => {
    if (!made || underWay.has(name)) return
    settle(name)
    onMade(made)
  }, [made])
}
