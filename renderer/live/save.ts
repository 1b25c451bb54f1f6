import type { Noun } from '../../contract/feed.ts'
import { t } from '../ui/i18n.ts'
import { toast } from '../ui/toasts.ts'
import { type Command, perform } from './perform.ts'
import { adopt } from './store.ts'

type Saving<R> = {
  noun: Noun
  /** Names what is being saved. */
  key: string
  run: (intent: string) => Promise<R>
  /** Names what is to be made, so that it is made once (`perform`). */
  wanted?: string
  on?: Command<R>['on']
  /** What the toast says. */
  done: (record: R) => string
  /** U4: how the record gets back to what it was. */
  undo?: (record: R) => Promise<R>
}

/** Saves one record, shows it, says so, and offers to take it back. */
export async function save<R extends { id: string }>(saving: Saving<R>): Promise<R | undefined> {
  const { noun, key, run, on, wanted } = saving
  const record = await perform({ key, noun, run, ...(on ? { on } : {}), ...(wanted ? { wanted } : {}) })
  if (record) show(saving, record)
  return record
}

function show<R extends { id: string }>(saving: Saving<R>, record: R) {
  const { noun, done, undo } = saving
  adopt({ [noun]: [record] })
  toast({
    tone: 'plain',
    subject: record.id,
    text: done(record),
    ...(undo ? { undo: () => void takeBack(saving, record) } : {}),
  })
}

async function takeBack<R extends { id: string }>({ noun, key, done, undo }: Saving<R>, record: R) {
  if (!undo) return
  await save({ noun, key, run: () => undo(record), done: (after) => t('form.undone', { what: done(after) }) })
}
