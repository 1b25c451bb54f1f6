import { Button } from '@mantine/core'
import { memo, useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Appointment } from '../../contract/appointments.ts'
import { useClinic, useClinicId, useToday } from '../live/clinic.ts'
import { hubNow, minutesSince, useMinute } from '../live/clock.ts'
import { useMay } from '../live/permission.ts'
import { findRecord, useLive, useRecord, useRecords } from '../live/store.ts'
import { useFormat } from '../ui/format.ts'
import { Glow } from '../ui/Glow.tsx'
import { type GridItem, GridList } from '../ui/GridList.tsx'
import { Pane } from '../ui/Pane.tsx'
import { listName, shortName } from '../ui/patient-name.ts'
import { EmptyState, SkeletonRows } from '../ui/states.tsx'
import { checkInAppointment } from '../visits/check-in.ts'
import { openBook, openWalkIn } from '../visits/open-dialogs.tsx'
import { showAppointment, showVisit, useSelection, visitOfAppointment } from './selection.ts'
import styles from './TodayView.module.css'

/** Today's appointments in the order of their time. Enter checks in, or opens who is here already. */
export function ArrivalsPane() {
  const { t } = useTranslation()
  const items = useArrivals()
  const loading = useLive((state) => state.feed === null)
  const mayCheckIn = useMay('visit.checkIn')
  const mayBook = useMay('appointment.book')
  const activeKey = useSelection(({ selection }) => (selection.kind === 'appointment' ? selection.id : null))
  const here = useHere(items)
  const startAt = items.find(({ key }) => isRecent(key))?.key
  const onEnter = useCallback((item: GridItem) => void openOrCheckIn(item.key, mayCheckIn), [mayCheckIn])
  return (
    <Pane
      title={t('arrivals.title')}
      aside={items.length > 0 ? t('arrivals.here', { here, count: items.length }) : undefined}
      footer={
        <>
          {mayCheckIn && (
            <Button size="xs" onClick={() => openWalkIn()} rightSection={<kbd>F4</kbd>} aria-keyshortcuts="F4">
              {t('arrivals.walkIn')}
            </Button>
          )}
          {mayBook && (
            <Button size="xs" onClick={() => openBook()} rightSection={<kbd>F6</kbd>} aria-keyshortcuts="F6">
              {t('arrivals.book')}
            </Button>
          )}
        </>
      }
    >
      {loading ? (
        <SkeletonRows />
      ) : items.length === 0 ? (
        <EmptyState title={t('arrivals.empty')} hint={t('arrivals.emptyHint')} />
      ) : (
        <GridList
          label={t('arrivals.title')}
          items={items}
          activeKey={activeKey}
          onActive={selectArrival}
          onEnter={onEnter}
          renderItem={renderArrival}
          startAt={startAt}
        />
      )}
    </Pane>
  )
}

const selectArrival = (item: GridItem) => showAppointment(item.key)
const renderArrival = (item: GridItem) => <ArrivalRow id={item.key} />

const RECENT_MS = 30 * 60_000

/** The list begins half an hour ago: who is late is still in sight, who was seen long ago is not. */
function isRecent(appointmentId: string): boolean {
  const startsAt = findRecord('appointments', appointmentId)?.startsAt
  return startsAt !== undefined && Date.parse(startsAt) > hubNow() - RECENT_MS
}

async function openOrCheckIn(appointmentId: string, mayCheckIn: boolean) {
  const appointment = findRecord('appointments', appointmentId)
  if (!appointment) return
  const canCome = appointment.status === 'booked' || appointment.status === 'confirmed'
  const visitId = canCome && mayCheckIn ? await checkInAppointment(appointmentId) : visitOfAppointment(appointmentId)
  if (visitId) showVisit(visitId)
}

function useArrivals(): readonly GridItem[] {
  const clinicId = useClinicId()
  const today = useToday()
  const appointments = useRecords('appointments')
  return useMemo(
    () =>
      Object.values(appointments)
        .filter((each) => each.clinicId === clinicId && each.day === today)
        .sort((a, b) => a.startsAt.localeCompare(b.startsAt) || a.id.localeCompare(b.id))
        .map((each) => ({ key: each.id })),
    [appointments, clinicId, today],
  )
}

function useHere(items: readonly GridItem[]): number {
  return useLive((state) =>
    items.reduce((count, { key }) => {
      const status = state.nouns.appointments[key]?.status
      return status === 'checked_in' || status === 'fulfilled' ? count + 1 : count
    }, 0),
  )
}

const ArrivalRow = memo(function ArrivalRow({ id }: { id: string }) {
  const format = useFormat()
  const appointment = useRecord('appointments', id)
  const patient = useRecord('patients', appointment?.patientId)
  const doctor = useRecord('doctors', appointment?.doctorId)
  if (!appointment) return null
  const gone = appointment.status === 'cancelled' || appointment.status === 'no_show'
  return (
    <div className={styles.row}>
      <Glow id={id} />
      <span className={styles.time}>{format.time(appointment.startsAt)}</span>
      <span className={`${styles.name} clip ${gone ? styles.gone : ''}`}>{patient ? listName(patient) : '…'}</span>
      <span className={`${styles.doctor} clip`}>{doctor ? shortName(doctor.displayName) : ''}</span>
      <ArrivalState appointment={appointment} />
    </div>
  )
})

function ArrivalState({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation()
  const now = useMinute()
  const clinic = useClinic()
  const { status, startsAt } = appointment
  if (status !== 'booked' && status !== 'confirmed') {
    const tone = status === 'checked_in' ? 'here' : 'soft'
    return (
      <span className={styles.state} data-tone={tone}>
        {t(`appointment.short.${status}`)}
      </span>
    )
  }
  const late = minutesSince(startsAt, now)
  if (late > 0) {
    return (
      <span className={styles.state} data-tone={late > (clinic?.settings.lateGraceMinutes ?? 15) ? 'warn' : 'soft'}>
        {t('arrivals.late', { count: late })}
      </span>
    )
  }
  return (
    <span className={styles.state} data-tone="soft">
      {status === 'confirmed' && (
        <span title={t('appointment.short.confirmed')}>
          <span aria-hidden="true">✓</span>
          <span className="unseen">{t('appointment.short.confirmed')}</span>
        </span>
      )}
    </span>
  )
}
