import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WaitingAnswer } from '../../contract/users.ts'
import type { Visit } from '../../contract/visits.ts'
import { zonedInstant } from '../../rules/clinic-day.ts'
import { useWaitingFor } from '../appointments/use-rebooking.ts'
import { WaitingPart } from '../appointments/WaitingPart.tsx'
import { useClinic, useToday } from '../live/clinic.ts'
import { hubNow } from '../live/clock.ts'
import { useBusy } from '../live/perform.ts'
import { useRecords } from '../live/store.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { useFormat } from '../ui/format.ts'
import { TimeInput } from '../ui/TimeInput.tsx'
import { timeFrom } from '../ui/typed-time.ts'
import type { Destination } from '../visits/DestinationChoice.tsx'
import styles from './Staff.module.css'

const WAYS = ['wait', 'move', 'reception'] as const
type Way = (typeof WAYS)[number]
export type LeavingWhy = 'on_break' | 'off_duty' | 'signOut'

type Props = {
  doctorId: string
  why: LeavingWhy
  /** Sends it; answers what stopped it, in words. `undefined`: a short break, of which nobody is told. */
  onAnswer: (waiting: WaitingAnswer | undefined) => Promise<string | undefined>
  onClose: () => void
}

/** S1: a doctor who leaves with patients waiting says what becomes of them. */
export function LeavingDialog({ doctorId, why, onAnswer, onClose }: Props) {
  const { t } = useTranslation()
  const busy = useBusy('staff.status')
  const waiting = useWaitingFor(doctorId, useToday())
  const inside = useInside(doctorId)
  const [way, setWay] = useState<Way>('wait')
  const [staying, setStaying] = useState<ReadonlySet<string>>(new Set())
  const [to, setTo] = useState<Destination>({ doctorId: null, poolId: null })
  const [problem, setProblem] = useState('')
  const { time, setTime, backAt } = useBackAt(why)
  const answer = answerOf(way, { backAt, to, going: waiting.filter(({ id }) => !staying.has(id)) })
  const send = async (given: WaitingAnswer | undefined) => {
    if (busy) return
    const stopped = await onAnswer(given)
    if (stopped !== undefined) setProblem(stopped)
    else onClose()
  }
  return (
    <Dialog
      title={t('leaving.title', { count: waiting.length })}
      size="medium"
      onClose={onClose}
      onSubmit={() => answer && void send(answer)}
      footer={
        <>
          <Button onClick={onClose}>{t('leaving.stay')}</Button>
          {why === 'on_break' && <Button onClick={() => void send(undefined)}>{t('leaving.short')}</Button>}
          <Button type="submit" variant="filled" disabled={!answer} loading={busy}>
            {t(`leaving.verb.${why}`)}
          </Button>
        </>
      }
    >
      {inside && <p className={styles.inside}>{t('leaving.inside', { ticket: inside.ticket })}</p>}
      {problem && (
        <p className={styles.inside} role="alert">
          {problem}
        </p>
      )}
      <SegmentedControl
        aria-label={t('leaving.way')}
        data={WAYS.map((value) => ({ value, label: t(`leaving.ways.${value}`) }))}
        value={way}
        onChange={(value) => setWay(WAYS.find((each) => each === value) ?? way)}
      />
      <div className={styles.way}>
        {way === 'wait' && (
          <>
            <TimeInput
              className={styles.time}
              label={t('leaving.backAt')}
              value={time}
              onChange={setTime}
              data-autofocus
            />
            <p className="soft">{t('leaving.waitHint')}</p>
          </>
        )}
        {way === 'move' && (
          <WaitingPart
            visits={waiting}
            doctorId={doctorId}
            to={to}
            onTo={setTo}
            staying={staying}
            onStay={(id, stays) =>
              setStaying((all) => new Set(stays ? [...all, id] : [...all].filter((one) => one !== id)))
            }
          />
        )}
        {way === 'reception' && <p className="soft">{t('leaving.receptionHint', { count: waiting.length })}</p>}
      </div>
    </Dialog>
  )
}

/** Who is with the doctor stays with the doctor: said, not asked. */
function useInside(doctorId: string): Visit | undefined {
  const visits = useRecords('visits')
  const today = useToday()
  return Object.values(visits).find(
    (visit) => visit.doctorId === doctorId && visit.day === today && visit.status === 'in_consultation',
  )
}

/** A break is short, other absences are not: a time to begin from, on the next five minutes. */
function useBackAt(why: LeavingWhy) {
  const format = useFormat()
  const clinic = useClinic()
  const today = useToday()
  const [time, setTime] = useState(() => {
    const minutes = why === 'on_break' ? 15 : 60
    return format.time(new Date(Math.ceil(hubNow() / FIVE_MINUTES) * FIVE_MINUTES + minutes * 60_000).toISOString())
  })
  const typed = timeFrom(time)
  const at = typed && clinic ? zonedInstant(today, typed, clinic.timeZone) : undefined
  return { time, setTime, backAt: at && Date.parse(at) > hubNow() ? at : undefined }
}

const FIVE_MINUTES = 300_000

type Given = { backAt: string | undefined; to: Destination; going: readonly Visit[] }

/** `undefined` while something is missing. */
function answerOf(way: Way, { backAt, to, going }: Given): WaitingAnswer | undefined {
  switch (way) {
    case 'wait':
      return backAt ? { becomes: 'wait', backAt } : undefined
    case 'move': {
      if ((!to.doctorId && !to.poolId) || going.length === 0) return undefined
      return { becomes: 'move', transfers: going.map(({ id, version }) => ({ visitId: id, version, ...to })) }
    }
    case 'reception':
      return { becomes: 'reception' }
  }
}
