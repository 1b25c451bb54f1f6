import { create } from 'zustand'
import type { ErrorCode, ErrorData } from '../../contract/errors.ts'
import type { Noun, Nouns } from '../../contract/feed.ts'
import { t } from '../ui/i18n.ts'
import { problemWords } from '../ui/problem-words.ts'
import { toast } from '../ui/toasts.ts'
import { newId } from './api.ts'
import { begin, end, intentOf, settle, settles } from './intents.ts'
import { HubAway, Refused } from './refused.ts'
import { adopt, findRecord } from './store.ts'

export type Command<T> = {
  /** Names what is being done to what: while it runs, the same is not started again. */
  key: string
  /** `intent` is the idempotency key, and the id of what is created, if anything is. */
  run: (intent: string) => Promise<T>
  /** The noun of the record that the command changes, for when somebody else changed it first. */
  noun?: Noun
  /** Refusals that this command has its own answer to. */
  on?: { [Code in ErrorCode]?: (data: ErrorData<Code>) => void | Promise<void> }
  /** Words for what changed when the command came too late; `undefined` for the general sentence. */
  sayChange?: (before: unknown, after: unknown) => string | undefined
  /** Names what is wanted: its key stays until it was done, was refused or is given up (`settle`), past a reload too. */
  wanted?: string
  /** What follows when it was done by *Try again* only, after `undefined` had been answered. */
  late?: (value: T) => void
}

const useRunning = create<Record<string, true>>(() => ({}))

export const useBusy = (key: string): boolean => useRunning((running) => running[key] === true)

/**
 * Does what a person asked for, once: not while the same is still running, and with the same key when it is tried again.
 * Refusals are said plainly; `undefined` when it was not done.
 */
export async function perform<T>(command: Command<T>, intent = keyOf(command)): Promise<T | undefined> {
  const done = await attempt(command, intent)
  if (done && command.wanted) settle(command.wanted)
  return done?.value
}

const keyOf = <T>({ wanted }: Command<T>) => (wanted ? intentOf(wanted) : newId())

async function attempt<T>(command: Command<T>, intent: string): Promise<{ value: T } | undefined> {
  const { key, wanted } = command
  if (useRunning.getState()[key]) return undefined
  useRunning.setState({ [key]: true })
  if (wanted) begin(wanted)
  const outcome = await command.run(intent).then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
  // Let go before a refusal is answered: its answer may be the same command once more, with what was missing.
  useRunning.setState(({ [key]: _done, ...others }) => others, true)
  const away = 'error' in outcome && outcome.error instanceof HubAway
  if (wanted) end(wanted, !away)
  if ('value' in outcome) return outcome
  const { error } = outcome
  if (away) sayHubAway(() => void tryAgain(command, intent))
  else if (error instanceof Refused) {
    if (wanted && settles(error.code)) settle(wanted)
    await answerRefusal(command, error)
  } else throw error
  return undefined
}

/** Where nothing follows by itself the key stays: its form still stands there, and is sent once more. */
async function tryAgain<T>(command: Command<T>, intent: string): Promise<void> {
  const done = await attempt(command, intent)
  if (!done || !command.late) return
  if (command.wanted) settle(command.wanted)
  command.late(done.value)
}

async function answerRefusal<T>(command: Command<T>, refused: Refused) {
  const own = command.on?.[refused.code] as ((data: unknown) => void | Promise<void>) | undefined
  if (own) return own(refused.data)
  if (refused.code === 'stale_version') return showCurrent(command, refused as Refused<'stale_version'>)
  toast({ tone: 'problem', text: refusalText(refused) })
}

function showCurrent<T>({ noun, sayChange }: Command<T>, { data }: Refused<'stale_version'>) {
  const current = data.current as Nouns[Noun]
  const before = noun ? findRecord(noun, current.id) : undefined
  if (noun) adopt({ [noun]: [current] })
  toast({ tone: 'problem', text: sayChange?.(before, current) ?? t('refusal.stale_version') })
}

export function refusalText(refused: Refused): string {
  if (refused.code === 'bad_input') {
    const [first] = (refused as Refused<'bad_input'>).data?.fields ?? []
    return first
      ? t('refusal.bad_input', { field: first.field, message: problemWords(first.message) })
      : refused.message
  }
  return t(`refusal.${refused.code}`, { ...(refused.data as object | undefined), defaultValue: refused.message })
}

/** Words for any failure of a read. */
export function failureText(error: unknown): string {
  if (error instanceof Refused) return refusalText(error)
  return t('refusal.hub_away_read')
}

function sayHubAway(again: () => void) {
  toast({ tone: 'problem', text: t('refusal.hub_away'), action: { label: t('common.tryAgain'), run: again } })
}
