import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { StaffStatus } from '../../contract/users.ts'
import { api } from '../live/api.ts'
import { perform } from '../live/perform.ts'
import { signOut, useSession } from '../live/session.ts'
import { adopt } from '../live/store.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { ask } from '../ui/dialogs.tsx'
import { useQueueBoard } from '../visits/queue-board.ts'

export async function setMyStatus(status: StaffStatus['status']): Promise<void> {
  if (status === 'off_duty' && !(await leavesPatients('status'))) return
  const answer = await perform({
    key: 'staff.status',
    run: (intent) => api.staff.setMyStatus({ body: { status } }, { context: { intent } }),
  })
  if (answer) adopt({ staff: [answer] })
}

/** S1: signing out asks a doctor what becomes of those who wait, and whether they are off duty. */
export async function signOutAsked(): Promise<void> {
  const { user } = useSession.getState()
  if (user?.doctorId && !(await leavesPatients('signOut'))) return
  await signOut()
}

function waitingFor(doctorId: string): number {
  const line = useQueueBoard.getState().lines.find((each) => each.kind === 'doctor' && each.id === doctorId)
  return (line?.order.length ?? 0) + (line?.present.length ?? 0)
}

async function leavesPatients(why: 'status' | 'signOut'): Promise<boolean> {
  const { user } = useSession.getState()
  const count = user?.doctorId ? waitingFor(user.doctorId) : 0
  if (count === 0) return true
  const answer = await ask<'stay' | 'leave' | 'break'>((close) => (
    <LeavingDialog count={count} why={why} onAnswer={close} />
  ))
  if (answer === 'break') {
    await setMyStatus('on_break')
    return why === 'signOut'
  }
  return answer === 'leave'
}

type Props = { count: number; why: 'status' | 'signOut'; onAnswer: (answer?: 'stay' | 'leave' | 'break') => void }

function LeavingDialog({ count, why, onAnswer }: Props) {
  const { t } = useTranslation()
  return (
    <Dialog
      title={t('leaving.title', { count })}
      onClose={() => onAnswer()}
      footer={
        <>
          <Button onClick={() => onAnswer('stay')} data-autofocus>
            {t('leaving.stay')}
          </Button>
          <Button onClick={() => onAnswer('break')}>{t(`leaving.break.${why}`)}</Button>
          <Button onClick={() => onAnswer('leave')}>{t(`leaving.leave.${why}`)}</Button>
        </>
      }
    >
      <p>{t('leaving.text')}</p>
    </Dialog>
  )
}
