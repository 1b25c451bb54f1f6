import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { StaffStatus, WaitingAnswer } from '../../contract/users.ts'
import { signOut, useSession } from '../live/session.ts'
import { findRecord } from '../live/store.ts'
import { sayDeparture, sendStatus } from '../staff/commands.ts'
import type { LeavingWhy } from '../staff/LeavingDialog.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { ask } from '../ui/dialogs.tsx'
import { t } from '../ui/i18n.ts'
import { visitName } from '../ui/patient-name.ts'
import { useQueueBoard } from '../visits/queue-board.ts'

/** S1: a doctor who leaves with patients waiting is asked what becomes of them; so is one of whom only the hub knows it. */
export async function setMyStatus(status: StaffStatus['status']): Promise<void> {
  const leaves = status === 'off_duty' || status === 'on_break'
  if (leaves && status !== myStatus() && countWaiting() > 0) await askAndLeave(status)
  else await sendStatus({ status }, { asked: () => void askAndLeave('off_duty') })
}

/** S1: signing out asks a doctor whether they are off duty, and what becomes of those who wait. */
export async function signOutAsked(): Promise<void> {
  const { user } = useSession.getState()
  if (!user?.doctorId || myStatus() === 'off_duty') return signOut()
  if (countWaiting() > 0) {
    if (await askAndLeave('signOut')) await signOut()
    return
  }
  const answer = await ask<'off_duty' | 'stays'>((close) => <SigningOutDialog onAnswer={close} />)
  if (!answer) return
  // One who has come for them in this moment is asked about.
  const leave = () => sendStatus({ status: 'off_duty' }, { asked: () => void signOutAsked() })
  if (answer === 'stays' || (await leave())) await signOut()
}

function myStatus(): StaffStatus['status'] {
  const { user } = useSession.getState()
  return findRecord('staff', user?.id)?.status ?? 'off_duty'
}

/** Of one's own line; a pool's patients have its other doctors. */
function countWaiting(): number {
  const { user } = useSession.getState()
  const line = useQueueBoard.getState().lines.find((each) => each.kind === 'doctor' && each.id === user?.doctorId)
  const called = line?.present.filter(({ status }) => status === 'called') ?? []
  return (line?.order.length ?? 0) + (line?.missed.length ?? 0) + called.length
}

/** Whether it was said, and done. */
async function askAndLeave(why: LeavingWhy): Promise<boolean> {
  const { user } = useSession.getState()
  const { doctorId } = user ?? {}
  if (!doctorId) return false
  const before = myStatus()
  const { LeavingDialog } = await import('../staff/LeavingDialog.tsx')
  const done = await ask<true>((close) => {
    let left = false
    const answer = async (waiting: WaitingAnswer | undefined) => {
      const departure = { status: statusAfter(why, waiting), ...(waiting ? { waiting } : {}) }
      let stopped = ''
      left = await sendStatus(departure, {
        asked: () => {
          stopped = t('refusal.patients_waiting')
        },
        refused: (visitId) => {
          const visit = findRecord('visits', visitId)
          stopped = t('leaving.changed', { name: visit ? `${visit.ticket} ${visitName(visit)}` : '' })
        },
      })
      if (left && why !== 'signOut') sayDeparture(departure, before)
      return left ? undefined : stopped
    }
    return <LeavingDialog doctorId={doctorId} why={why} onAnswer={answer} onClose={() => close(left || undefined)} />
  })
  return done === true
}

/** Who comes back today is on a break, also when they sign out meanwhile. */
function statusAfter(why: LeavingWhy, waiting: WaitingAnswer | undefined): StaffStatus['status'] {
  if (why === 'signOut') return waiting?.becomes === 'wait' ? 'on_break' : 'off_duty'
  return why
}

function SigningOutDialog({ onAnswer }: { onAnswer: (answer?: 'off_duty' | 'stays') => void }) {
  const { t } = useTranslation()
  return (
    <Dialog
      title={t('leaving.signOut.title')}
      onClose={() => onAnswer()}
      onSubmit={() => onAnswer('off_duty')}
      footer={
        <>
          <Button onClick={() => onAnswer()}>{t('common.cancel')}</Button>
          <Button onClick={() => onAnswer('stays')}>{t('leaving.signOut.stays')}</Button>
          <Button type="submit" variant="filled" data-autofocus>
            {t('leaving.signOut.offDuty')}
          </Button>
        </>
      }
    >
      <p>{t('leaving.signOut.text')}</p>
    </Dialog>
  )
}
