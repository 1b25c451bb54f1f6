import type { Urgency, Visit, VisitStatus } from '../../contract/visits.ts'
import { needsReason } from '../../rules/transitions.ts'
import { api } from '../live/api.ts'
import { perform } from '../live/perform.ts'
import { adopt, findRecord } from '../live/store.ts'
import { ask } from '../ui/dialogs.tsx'
import { t } from '../ui/i18n.ts'
import { visitName } from '../ui/patient-name.ts'
import { askReason } from '../ui/questions.tsx'
import { toast } from '../ui/toasts.ts'
import { destinationName, roomName, visitChange } from './visit-words.ts'

// What people do with a visit. Each takes its id, sees the version that is in the store, and says what it did.

type Step = (visit: Visit, intent: string) => Promise<Visit>

type Options = {
  /** What the toast says afterwards. */
  done?: (visit: Visit) => string
  /** Q9: what can be taken back. */
  undoable?: boolean
  /** Not undone, but with a legal step back. */
  back?: VisitStatus
  on?: Parameters<typeof perform>[0]['on']
}

export async function stepVisit(
  visitId: string,
  name: string,
  step: Step,
  options: Options = {},
): Promise<Visit | undefined> {
  const visit = findRecord('visits', visitId)
  if (!visit) return undefined
  const after = await perform({
    key: `visit.${name}.${visitId}`,
    noun: 'visits',
    sayChange: visitChange,
    run: (intent) => step(visit, intent),
    ...(options.on ? { on: options.on } : {}),
  })
  if (!after) return undefined
  adopt({ visits: [after] })
  if (options.done) {
    const { back, undoable } = options
    const run = () => void (back ? setStatus(visitId, back) : undoVisit(visitId))
    const wayBack = back || undoable ? { undo: run } : {}
    toast({ tone: 'plain', subject: visitId, text: options.done(after), ...wayBack })
  }
  return after
}

/** Calls this patient, or announces them again. Out of order it asks for the reason (Q7). */
export function callVisit(
  visitId: string,
  call: { doctorId?: string; roomId?: string; reason?: string } = {},
): Promise<Visit | undefined> {
  const recall = findRecord('visits', visitId)?.status === 'called'
  return stepVisit(
    visitId,
    'call',
    (visit, intent) =>
      api.visits.call({ params: { id: visit.id }, body: { version: visit.version, ...call } }, { context: { intent } }),
    {
      done: (visit) => t(recall ? 'visit.done.recalled' : 'visit.done.called', calledWords(visit)),
      undoable: !recall,
      on: {
        reason_required: async ({ field }) => {
          if (field === 'doctorId') return callForSomebody(visitId)
          const reason = await askVisitReason(visitId, 'outOfOrder')
          if (reason) await callVisit(visitId, { ...call, reason })
        },
      },
    },
  )
}

// A patient of a pool is called by one of its doctors: reception says which.
async function callForSomebody(visitId: string) {
  const { PickDoctorDialog } = await import('./PickDoctorDialog.tsx')
  const doctorId = await ask<string>((close) => <PickDoctorDialog visitId={visitId} onAnswer={close} />)
  if (doctorId) await callVisit(visitId, { doctorId })
}

const calledWords = (visit: Visit) => ({
  ticket: visit.ticket,
  room: roomName(visit.roomId) || destinationName(visit),
})

export async function callFromDesk(visitId: string): Promise<void> {
  const visit = findRecord('visits', visitId)
  if (!visit) return
  if (visit.doctorId === null && visit.status !== 'called') await callForSomebody(visitId)
  else await callVisit(visitId)
}

export function notHere(visitId: string): Promise<Visit | undefined> {
  return stepVisit(
    visitId,
    'notHere',
    (visit, intent) =>
      api.visits.notHere({ params: { id: visit.id }, body: { version: visit.version } }, { context: { intent } }),
    { done: (visit) => t('visit.done.notHere', { ticket: visit.ticket }) },
  )
}

type StatusExtras = { reason?: string; lookedForById?: string; owes?: boolean }

/** One legal step (Q1). Where it needs a reason, it is asked for. */
export async function setStatus(
  visitId: string,
  status: VisitStatus,
  extras: StatusExtras = {},
): Promise<Visit | undefined> {
  const before = findRecord('visits', visitId)
  if (!before) return undefined
  let { reason } = extras
  if (!reason && needsReason(before.status, status)) {
    reason = await askVisitReason(visitId, status === 'cancelled' ? 'cancel' : 'reopen')
    if (!reason) return undefined
  }
  return stepVisit(
    visitId,
    'status',
    (visit, intent) =>
      api.visits.setStatus(
        {
          params: { id: visit.id },
          body: { version: visit.version, status, ...extras, ...(reason ? { reason } : {}) },
        },
        { context: { intent } },
      ),
    {
      done: (visit) => t('visit.done.status', { ticket: visit.ticket, status: t(`visit.status.${visit.status}`) }),
      ...backFrom(before.status, status),
      on: {
        balance_due: async () => {
          const owesReason = await askVisitReason(visitId, 'owes')
          if (owesReason) await setStatus(visitId, status, { ...extras, reason: owesReason, owes: true })
        },
      },
    },
  )
}

/** U4: where Q1 knows a way back, a slip of the finger has one too. */
function backFrom(from: VisitStatus, to: VisitStatus): Pick<Options, 'back'> {
  if (to === 'left' || to === 'no_show') return { back: 'waiting' }
  return to === 'on_hold' && from === 'in_consultation' ? { back: 'in_consultation' } : {}
}

/** Q8: a person's act; from `urgent` up with the name of who looked. */
export async function markNoShow(visitId: string): Promise<void> {
  const { NoShowDialog } = await import('./NoShowDialog.tsx')
  const answer = await ask<{ lookedForById?: string }>((close) => <NoShowDialog visitId={visitId} onAnswer={close} />)
  if (answer) await setStatus(visitId, 'no_show', answer)
}

export function finishVisit(visitId: string): Promise<Visit | undefined> {
  return stepVisit(
    visitId,
    'finish',
    (visit, intent) =>
      api.visits.finish({ params: { id: visit.id }, body: { version: visit.version } }, { context: { intent } }),
    {
      done: (visit) =>
        t(visit.status === 'awaiting_payment' ? 'visit.done.toPay' : 'visit.done.finished', { ticket: visit.ticket }),
      undoable: true,
    },
  )
}

export async function markAway(visitId: string): Promise<void> {
  const { AwayDialog } = await import('./AwayDialog.tsx')
  const until = await ask<string>((close) => <AwayDialog visitId={visitId} onAnswer={close} />)
  if (until) await setAway(visitId, until)
}

/** Q12: away until then; `null` when the patient is back. */
export function setAway(visitId: string, until: string | null): Promise<Visit | undefined> {
  return stepVisit(
    visitId,
    'away',
    (visit, intent) =>
      api.visits.away({ params: { id: visit.id }, body: { version: visit.version, until } }, { context: { intent } }),
    { done: (visit) => t(until ? 'visit.done.away' : 'visit.done.back', { ticket: visit.ticket }) },
  )
}

export async function transferVisit(visitId: string): Promise<void> {
  const { TransferDialog } = await import('./TransferDialog.tsx')
  const to = await ask<{ doctorId: string | null; poolId: string | null }>((close) => (
    <TransferDialog visitId={visitId} onAnswer={close} />
  ))
  if (!to) return
  await stepVisit(
    visitId,
    'transfer',
    (visit, intent) =>
      api.visits.transfer(
        { params: { id: visit.id }, body: { version: visit.version, ...to } },
        { context: { intent } },
      ),
    {
      done: (visit) => t('visit.done.transferred', { ticket: visit.ticket, to: destinationName(visit) }),
      undoable: true,
    },
  )
}

/** T1: raising is for everybody who moves visits; lowering for clinicians, with a reason. */
export function setUrgency(visitId: string, urgency: Urgency, reason?: string): Promise<Visit | undefined> {
  return stepVisit(
    visitId,
    'urgency',
    (visit, intent) =>
      api.visits.update(
        { params: { id: visit.id }, body: { version: visit.version, urgency, ...(reason ? { reason } : {}) } },
        { context: { intent } },
      ),
    {
      done: (visit) => t('visit.done.urgency', { ticket: visit.ticket, level: t(`urgency.${visit.urgency}`) }),
      on: {
        reason_required: async () => {
          const given = await askVisitReason(visitId, 'lower')
          if (given) await setUrgency(visitId, urgency, given)
        },
      },
    },
  )
}

/** Q9: the visit and all that hangs on it move to the right patient. */
export async function reassignVisit(visitId: string): Promise<void> {
  const { ReassignDialog } = await import('./ReassignDialog.tsx')
  const to = await ask<{ patientId: string; reason: string }>((close) => (
    <ReassignDialog visitId={visitId} onAnswer={close} />
  ))
  if (!to) return
  await stepVisit(
    visitId,
    'reassign',
    (visit, intent) =>
      api.visits.reassign(
        { params: { id: visit.id }, body: { version: visit.version, ...to } },
        { context: { intent } },
      ),
    { done: (visit) => t('visit.done.reassigned', { ticket: visit.ticket, name: visitName(visit) }) },
  )
}

export function undoVisit(visitId: string): Promise<Visit | undefined> {
  return stepVisit(
    visitId,
    'undo',
    (visit, intent) =>
      api.visits.undo({ params: { id: visit.id }, body: { version: visit.version } }, { context: { intent } }),
    { done: (visit) => t('visit.done.undone', { ticket: visit.ticket }) },
  )
}

export function askVisitReason(
  visitId: string,
  about: 'outOfOrder' | 'cancel' | 'reopen' | 'owes' | 'lower',
): Promise<string | undefined> {
  const visit = findRecord('visits', visitId)
  return askReason({
    title: t(`visit.reason.${about}.title`),
    about: visit ? `${visit.ticket}  ${visitName(visit)}` : '',
    text: t(`visit.reason.${about}.text`),
    verb: t(`visit.reason.${about}.verb`),
  })
}
