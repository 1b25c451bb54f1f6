import type { Board } from '../../contract/board.ts'
import { api } from '../live/api.ts'
import { hubNow } from '../live/clock.ts'
import type { Command } from '../live/perform.ts'
import { save } from '../live/save.ts'
import { findRecord } from '../live/store.ts'
import { openDialog } from '../ui/dialogs.tsx'
import { t } from '../ui/i18n.ts'

export const MESSAGE_KEY = 'board.message'

export async function openMessage() {
  const { MessageDialog } = await import('./MessageDialog.tsx')
  openDialog((close) => <MessageDialog onClose={close} />)
}

/** What the waiting-room screens say now; an ended message is none. */
export function messageNow(board: Board | undefined, now = hubNow()): { message: string; until: string } | undefined {
  const { message = null, messageUntil: until = null } = board ?? {}
  return message !== null && until !== null && Date.parse(until) > now ? { message, until } : undefined
}

/** S4: says it on every screen of the clinic, or takes it away. */
export function setMessage(
  clinicId: string,
  next: { message: string | null; until: string | null },
  on: Command<Board>['on'] = {},
) {
  const before = findRecord('boards', clinicId)
  const was = messageNow(before)
  return save<Board>({
    noun: 'boards',
    key: MESSAGE_KEY,
    on,
    run: (intent) => put(clinicId, before?.version ?? 0, next, intent),
    done: ({ message }) => (message === null ? t('waitingRoom.taken') : t('waitingRoom.said', { message })),
    undo: ({ version }) => put(clinicId, version, { message: was?.message ?? null, until: was?.until ?? null }),
  })
}

function put(id: string, version: number, next: { message: string | null; until: string | null }, intent?: string) {
  const context = intent ? { context: { intent } } : {}
  return api.boards.setMessage({ params: { id }, body: { version, ...next } }, context)
}
