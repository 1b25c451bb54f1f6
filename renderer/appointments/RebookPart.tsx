import { Button, Select } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../contract/errors.ts'
import { addDays } from '../../rules/clinic-day.ts'
import { isOnLeave } from '../doctors/use-on-leave.ts'
import { useToday } from '../live/clinic.ts'
import { hubNow } from '../live/clock.ts'
import { useBusy } from '../live/perform.ts'
import { findRecord, useLive } from '../live/store.ts'
import { DayInput } from '../ui/DayInput.tsx'
import { EmptyState, FailedState, SkeletonRows } from '../ui/states.tsx'
import { useChoices } from '../ui/use-here.ts'
import type { Destination } from '../visits/DestinationChoice.tsx'
import styles from './DoctorGoneDialog.module.css'
import type { PartProps } from './DoctorGoneDialog.tsx'
import { REBOOK_KEY, rebookAll, refusedWords } from './doctor-gone.tsx'
import { RebookTable } from './RebookTable.tsx'
import type { RebookRow } from './rebook-rows.ts'
import { useRebooking, useWaitingFor } from './use-rebooking.ts'
import { WaitingPart } from './WaitingPart.tsx'

type Props = PartProps & { on: 'today' | 'next_days' }

/** Q12: a proposal for all, changed where reception knows better, and then done as a whole. */
export function RebookPart({ doctorId, onClose, onEnter, on }: Props) {
  const { t } = useTranslation()
  const today = useToday()
  const busy = useBusy(REBOOK_KEY)
  const doctors = useChoices('doctors').filter(({ value }) => on === 'next_days' || value !== doctorId)
  const [toDoctorId, setToDoctorId] = useState(
    () => (on === 'next_days' ? doctorId : undefined) ?? firstFree(doctors.map(({ value }) => value)),
  )
  const [from, setFrom] = useState(() => addDays(today, 1))
  const [waitingTo, setWaitingTo] = useState<Destination>()
  const [staying, setStaying] = useState<ReadonlySet<string>>(new Set())
  const [refused, setRefused] = useState('')
  const { rows, loading, failed, again, choose, anew } = useRebooking({ doctorId, toDoctorId, on, from })
  const waiting = useWaitingFor(doctorId, today)
  // Who waits goes where the others go, but not on another day.
  const to = waitingTo ?? { doctorId: on === 'today' ? toDoctorId : null, poolId: null }
  const going = to.doctorId || to.poolId ? waiting.filter((visit) => !staying.has(visit.id)) : []
  const moving = rows.filter((row) => row.startsAt !== null)
  const send = async () => {
    if (busy || loading || failed) return
    setRefused('')
    const transfers = going.map(({ id, version }) => ({ visitId: id, version, ...to }))
    const refuse = (why: ErrorData<'not_rebooked'>) => {
      setRefused(refusedWords(why))
      anew()
    }
    if (await rebookAll({ doctorId, moves: movesOf(moving, toDoctorId), transfers }, refuse)) onClose()
  }
  useEffect(() => onEnter(() => void send()))
  return (
    <>
      <div className={styles.fields}>
        <Select
          label={t('gone.to')}
          data={doctors}
          value={toDoctorId}
          onChange={(id) => setToDoctorId(id ?? toDoctorId)}
          allowDeselect={false}
          searchable
          data-autofocus
        />
        {on === 'next_days' && (
          <DayInput label={t('gone.from')} value={from} onChange={(day) => day && day > today && setFrom(day)} />
        )}
      </div>
      {refused && (
        <p className={styles.conflict} role="alert">
          {refused} {t('gone.refused.nothing')}
        </p>
      )}
      {failed ? (
        <FailedState text={failed} onRetry={again} />
      ) : loading ? (
        <SkeletonRows rows={6} />
      ) : rows.length === 0 ? (
        <EmptyState title={t('gone.nothingBooked')} />
      ) : (
        <RebookTable rows={rows} choose={choose} />
      )}
      {waiting.length > 0 && (
        <WaitingPart
          visits={waiting}
          doctorId={doctorId}
          to={to}
          onTo={setWaitingTo}
          staying={staying}
          onStay={(id, stays) => setStaying((all) => withOne(all, id, stays))}
        />
      )}
      <div className={styles.foot}>
        <p className="soft">{t('gone.hint')}</p>
        <Button onClick={onClose} className={styles.last}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" variant="filled" disabled={loading || failed !== null} loading={busy}>
          {t('gone.verb', { appointments: moving.length, visits: going.length })}
        </Button>
      </div>
    </>
  )
}

function movesOf(rows: readonly RebookRow[], doctorId: string) {
  return rows.flatMap(({ appointmentId, startsAt }) => {
    const appointment = findRecord('appointments', appointmentId)
    return appointment && startsAt ? [{ appointmentId, version: appointment.version, doctorId, startsAt }] : []
  })
}

/** Somebody who is there, before somebody who is not. */
function firstFree(doctorIds: readonly string[]): string {
  const isThere = (id: string) => {
    const doctor = findRecord('doctors', id)
    const away = doctor?.expectedAt || isOnLeave(useLive.getState(), id, hubNow())
    return !away && findRecord('staff', doctor?.userId)?.status === 'available'
  }
  return doctorIds.find(isThere) ?? doctorIds[0] ?? ''
}

function withOne(all: ReadonlySet<string>, id: string, there: boolean): ReadonlySet<string> {
  const next = new Set(all)
  if (there) next.add(id)
  else next.delete(id)
  return next
}
