import type { FollowUp } from '../../contract/follow-ups.ts'
import { api, newId } from '../live/api.ts'
import { save } from '../live/save.ts'
import { openDialog } from '../ui/dialogs.tsx'
import { t } from '../ui/i18n.ts'

export type FollowUpFields = Pick<FollowUp, 'byDay' | 'reason'>

/** "Back in 7 days": reception has it on its list from now on. */
export const makeFollowUp = (visitId: string, fields: FollowUpFields, dayText: string) =>
  save<FollowUp>({
    noun: 'followUps',
    key: `followUp.make.${visitId}`,
    wanted: `followUp.${visitId}`,
    run: (id) => api.followUps.make({ body: { id, visitId, ...fields } }, { context: { intent: id } }),
    done: () => t('followUp.made', { day: dayText }),
    undo: (after) => putWithdrawn(after, true),
  })

const putWithdrawn = ({ id, version }: FollowUp, withdrawn: boolean) =>
  api.followUps.withdraw({ params: { id }, body: { version, withdrawn } }, { context: { intent: newId() } })

export const withdrawFollowUp = (before: FollowUp) =>
  save<FollowUp>({
    noun: 'followUps',
    key: `followUp.withdraw.${before.id}`,
    run: () => putWithdrawn(before, true),
    done: ({ withdrawn }) => t(withdrawn ? 'followUp.withdrawn' : 'followUp.back'),
    undo: (after) => putWithdrawn(after, false),
  })

type Decision = Pick<FollowUp, 'status' | 'appointmentId'>

export const decideFollowUp = (before: FollowUp, decision: Decision, name: string) =>
  save<FollowUp>({
    noun: 'followUps',
    key: `followUp.decide.${before.id}`,
    run: () => putDecision(before, decision),
    done: ({ status }) => t(`followUp.decided.${status}`, { name }),
    // A booking is taken back where it was made.
    ...(decision.status === 'declined'
      ? { undo: (after: FollowUp) => putDecision(after, { status: 'open', appointmentId: null }) }
      : {}),
  })

const putDecision = ({ id, version }: FollowUp, decision: Decision) =>
  api.followUps.decide({ params: { id }, body: { version, ...decision } }, { context: { intent: newId() } })

export async function openRecalls() {
  const { RecallDialog } = await import('./RecallDialog.tsx')
  openDialog((close) => <RecallDialog onClose={close} />)
}
