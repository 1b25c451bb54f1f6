import { create } from 'zustand'
import type { ErrorCode, ErrorData } from '../../contract/errors.ts'
import type { Noun, Nouns } from '../../contract/feed.ts'
import { t } from '../ui/i18n.ts'
import { problemWords } from '../ui/problem-words.ts'
import { toast } from '../ui/toasts.ts'
import { newId } from './api.ts'
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
}

const useRunning = create<Record<string, true>>(() => ({}))

export const useBusy = (key: string): boolean => useRunning((running) => running[key] === true)

/**
 * Does what a person asked for, once: not while the same is still running, and with the same key when it is tried again.
 * Refusals are said plainly; `undefined` when it was not done.
 */
export async function perform<T>(command: Command<T>, intent = newId()): Promise<T | undefined> {
  const { key } = command
  if (useRunning.getState()[key]) return undefined
  useRunning.setState({ [key]: true })
  const outcome = await command.run(intent).then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
  // Let go before a refusal is answered: its answer may be the same command once more, with what was missing.
  useRunning.setState(({ [key]: _done, ...others }) => others, true)
  if ('value' in outcome) return outcome.value
  const { error } = outcome
  if (error instanceof HubAway) sayHubAway(() => void perform(command, intent))
  else if (error instanceof Refused) await answerRefusal(command, error)
  else throw error
  return undefined
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
