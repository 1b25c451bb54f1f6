import type { Permission } from '../../contract/permissions.ts'
import type { Visit } from '../../contract/visits.ts'
import { isOpen } from '../../rules/transitions.ts'
import { takePayment } from '../money/commands.tsx'
import type { Words } from '../ui/i18n.ts'
import {
  callFromDesk,
  finishVisit,
  markAway,
  markNoShow,
  notHere,
  reassignVisit,
  setAway,
  setStatus,
  transferVisit,
  undoVisit,
} from './commands.tsx'
import { callFamily } from './family.ts'
import { printSlip } from './print-slip.ts'

export type ActionName = keyof Words['visit']['action']

export type VisitAction = {
  name: ActionName
  permission: Permission
  /** Whoever may do this has something likelier to do. */
  unless?: Permission
  /** Whether it makes sense in the visit's present state; `family`: how many of it wait and may be called (Q12). */
  fits: (visit: Visit, balanceMinor: number, family: number) => boolean
  run: (visitId: string) => unknown
  shortcut?: string
  /** It may be what comes next; the others are only there if needed. */
  step?: true
}

const waits = ({ status }: Visit) => status === 'waiting' || status === 'in_triage'

/** What can be done with a visit, the likeliest first; the first that fits, if it is a step, is the next one. */
export const VISIT_ACTIONS: readonly VisitAction[] = [
  {
    name: 'pay',
    step: true,
    permission: 'money.take',
    fits: ({ status }, balance) => status === 'awaiting_payment' && balance > 0,
    run: takePayment,
    shortcut: 'F9',
  },
  {
    name: 'settle',
    step: true,
    permission: 'visit.settle',
    fits: ({ status }) => status === 'awaiting_payment',
    run: (id) => setStatus(id, 'completed'),
  },
  {
    name: 'back',
    step: true,
    permission: 'visit.move',
    fits: (visit) => waits(visit) && visit.awayUntil !== null,
    run: (id) => setAway(id, null),
  },
  // T5: the nurse's first look, and its end; whoever has had one is no longer "look due".
  {
    name: 'triage',
    step: true,
    permission: 'visit.triage',
    unless: 'visit.consult',
    fits: ({ status, triaged, lookedAt }) => status === 'waiting' && !triaged && lookedAt === null,
    run: (id) => setStatus(id, 'in_triage'),
  },
  {
    name: 'triaged',
    step: true,
    permission: 'visit.triage',
    unless: 'visit.consult',
    fits: ({ status }) => status === 'in_triage',
    run: (id) => setStatus(id, 'waiting'),
  },
  { name: 'call', step: true, permission: 'visit.call', fits: waits, run: callFromDesk, shortcut: 'F8' },
  {
    name: 'recall',
    step: true,
    permission: 'visit.call',
    fits: ({ status }) => status === 'called',
    run: callFromDesk,
    shortcut: 'F8',
  },
  {
    name: 'callFamily',
    permission: 'visit.call',
    fits: (_visit, _balance, family) => family > 0,
    run: callFamily,
  },
  { name: 'notHere', permission: 'visit.call', fits: ({ status }) => status === 'called', run: notHere },
  {
    name: 'toQueue',
    step: true,
    permission: 'visit.move',
    fits: ({ status }) => status === 'on_hold' || status === 'no_show' || status === 'left',
    run: (id) => setStatus(id, 'waiting'),
  },
  {
    name: 'transfer',
    permission: 'visit.move',
    fits: (visit) => waits(visit) || visit.status === 'in_consultation',
    run: transferVisit,
  },
  {
    name: 'payNow',
    permission: 'money.take',
    fits: ({ status }, balance) => status !== 'awaiting_payment' && balance > 0,
    run: takePayment,
    shortcut: 'F9',
  },
  {
    name: 'finish',
    step: true,
    permission: 'visit.consult',
    fits: ({ status }) => status === 'in_consultation',
    run: finishVisit,
  },
  {
    name: 'hold',
    permission: 'visit.consult',
    fits: ({ status }) => status === 'in_consultation',
    run: (id) => setStatus(id, 'on_hold'),
  },
  { name: 'away', permission: 'visit.move', fits: (visit) => waits(visit) && visit.awayUntil === null, run: markAway },
  { name: 'print', permission: 'visit.read', fits: ({ status }) => isOpen(status), run: printSlip },
  {
    name: 'noShow',
    permission: 'visit.move',
    fits: ({ status }) => status === 'waiting' || status === 'called',
    run: markNoShow,
  },
  { name: 'left', permission: 'visit.move', fits: ({ status }) => isOpen(status), run: (id) => setStatus(id, 'left') },
  {
    name: 'reassign',
    permission: 'visit.reassign',
    fits: ({ status }) => isOpen(status) || status === 'completed',
    run: reassignVisit,
  },
  {
    name: 'cancel',
    permission: 'visit.move',
    fits: ({ status }) => isOpen(status),
    run: (id) => setStatus(id, 'cancelled'),
  },
  {
    name: 'reopen',
    permission: 'visit.consult',
    fits: ({ status }) => status === 'completed',
    run: (id) => setStatus(id, 'in_consultation'),
  },
  { name: 'undo', permission: 'visit.move', fits: ({ status }) => waitingOrCalled(status), run: undoVisit },
  // U4: Q1 has no way back from the cash desk, undo has.
  { name: 'undo', permission: 'visit.consult', fits: ({ status }) => status === 'awaiting_payment', run: undoVisit },
]

const waitingOrCalled = (status: Visit['status']) => status === 'waiting' || status === 'called'
