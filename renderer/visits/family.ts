import { useMemo } from 'react'
import type { Visit } from '../../contract/visits.ts'
import { api } from '../live/api.ts'
import { perform } from '../live/perform.ts'
import { adopt, findRecord, useLive } from '../live/store.ts'
import { t } from '../ui/i18n.ts'
import { toast } from '../ui/toasts.ts'
import { undoVisit } from './commands.tsx'
import { isForDoctor, useQueueBoard } from './queue-board.ts'
import { destinationName, roomName, visitChange } from './visit-words.ts'

/** Q12: the tickets of those who were checked in together with this one, as words; empty when there is nobody. */
export function useFamilyTickets({ id, familyId }: Visit): string {
  return useLive(({ nouns }) =>
    familyId === null
      ? ''
      : Object.values(nouns.visits)
          .filter((other) => other.familyId === familyId && other.id !== id)
          .map((other) => other.ticket)
          .sort()
          .join(', '),
  )
}

const nobody: readonly string[] = []

/** Q12: who of the family waits for the doctor that this one is called to or with, and may be called now. */
export function useFamilyInLine(visit: Visit | undefined): readonly string[] {
  const board = useQueueBoard()
  return useMemo(() => (visit ? familyInLine(visit, board.entries) : nobody), [visit, board])
}

function familyInLine(
  { id, familyId, doctorId, status }: Visit,
  entries: ReturnType<typeof useQueueBoard.getState>['entries'],
): readonly string[] {
  if (familyId === null || doctorId === null || (status !== 'called' && status !== 'in_consultation')) return nobody
  const { nouns } = useLive.getState()
  return [...entries.values()]
    .filter((entry) => entry.callable && entry.visit.familyId === familyId && entry.visit.id !== id)
    .filter((entry) => isForDoctor(entry.visit, doctorId, nouns))
    .map((entry) => entry.visit.id)
}

/** Q12: one command calls the waiting ones of the family to the one who was called; each has its own way back. */
export async function callFamily(visitId: string): Promise<void> {
  const first = findRecord('visits', visitId)
  if (!first) return
  const members = familyInLine(first, useQueueBoard.getState().entries)
  const visit = await perform({
    key: `visit.callFamily.${visitId}`,
    noun: 'visits',
    sayChange: visitChange,
    run: (intent) =>
      api.visits.call(
        { params: { id: visitId }, body: { version: first.version, withFamily: true } },
        { context: { intent } },
      ),
    on: { nobody_to_call: () => toast({ tone: 'plain', text: t('visit.family.nobody') }) },
  })
  if (!visit) return
  adopt({ visits: [visit] })
  const tickets = members.map((id) => findRecord('visits', id)?.ticket).join(', ')
  toast({
    tone: 'plain',
    subject: visitId,
    text: t('visit.family.called', { tickets, room: roomName(visit.roomId) || destinationName(visit) }),
    undo: () => void takeBack(members),
  })
}

async function takeBack(visitIds: readonly string[]) {
  for (const id of visitIds) if (findRecord('visits', id)?.status === 'called') await undoVisit(id)
}
