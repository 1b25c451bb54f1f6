import { memo, useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Appointment } from '../../contract/appointments.ts'
import { addDays } from '../../rules/clinic-day.ts'
import { navigate, useSubPath } from '../frame/router.ts'
import { useToday } from '../live/clinic.ts'
import { useMay } from '../live/permission.ts'
import { findRecord, useRecord } from '../live/store.ts'
import { usePatient } from '../patients/use-patient.ts'
import { PatientPane } from '../today/PatientPane.tsx'
import { isRightToLeft } from '../ui/direction.ts'
import { useAge, useFormat } from '../ui/format.ts'
import { Glow } from '../ui/Glow.tsx'
import { type GridItem, GridList } from '../ui/GridList.tsx'
import { useHotkey } from '../ui/hotkeys.ts'
import { listName, shortName } from '../ui/patient-name.ts'
import { EmptyState, FailedState, SkeletonRows } from '../ui/states.tsx'
import { checkInAppointment } from '../visits/check-in.ts'
import { openBook } from '../visits/open-dialogs.tsx'
import styles from './AppointmentsView.module.css'
import { askedDay } from './asked-day.ts'
import { changeAppointment, moveAppointment } from './commands.tsx'
import { DayBar } from './DayBar.tsx'
import { PrintedDay } from './PrintedDay.tsx'
import { type DayFilter, useDay } from './use-day.ts'

const BASE = '/appointments'

/** The list of a day, for phoning and printing: `/appointments/2026-11-20`, and one of it: `.../<id>`. */
export function AppointmentsView() {
  const today = useToday()
  return today ? <DayList today={today} /> : <SkeletonRows rows={12} />
}

function DayList({ today }: { today: string }) {
  const { t } = useTranslation()
  const [asked = '', wanted = null] = useSubPath(BASE)
  const day = askedDay(asked, today)
  const [filter, setFilter] = useState<DayFilter>({ doctorId: null, status: null })
  const [active, setActive] = useState<string | null>(null)
  useEffect(() => setActive(wanted), [wanted])
  const [printing, setPrinting] = useState(false)
  const mayBook = useMay('appointment.book')
  const { items, loading, failed, again } = useDay(day, filter)
  const rows = items.map((item) => ({ key: item.id }))
  const go = useCallback((to: string) => navigate(to === today ? BASE : `${BASE}/${to}`), [today])
  const step = (days: number) => isOutsideFields() && go(addDays(day, days))
  useHotkey('F6', () => openBook(), { enabled: mayBook })
  useHotkey('ArrowLeft', () => step(isRightToLeft() ? 1 : -1))
  useHotkey('ArrowRight', () => step(isRightToLeft() ? -1 : 1))
  useHotkey('T', () => go(today))
  useHotkey('Ctrl+P', () => setPrinting(true))
  const chosen = items.find((item) => item.id === active)
  return (
    <div className={styles.view}>
      <section className={styles.main} aria-label={t('view.appointments')}>
        <DayBar
          day={day}
          today={today}
          items={items}
          filter={filter}
          onDay={go}
          onFilter={(part) => setFilter((all) => ({ ...all, ...part }))}
          onPrint={() => setPrinting(true)}
        />
        <div className={styles.list}>
          {failed ? (
            <FailedState text={failed} onRetry={again} />
          ) : loading ? (
            <SkeletonRows rows={12} />
          ) : items.length === 0 ? (
            <EmptyState title={t('day.empty')} hint={t('day.emptyHint')} />
          ) : (
            <GridList
              label={t('view.appointments')}
              items={rows}
              activeKey={active}
              onActive={(item) => setActive(item.key)}
              onEnter={enter}
              onLetter={act}
              renderItem={renderRow}
              autoFocus
            />
          )}
        </div>
      </section>
      <PatientPane selection={chosen ? { kind: 'appointment', id: chosen.id } : { kind: 'nobody' }} />
      {printing && <PrintedDay day={day} items={items} filter={filter} onDone={() => setPrinting(false)} />}
    </div>
  )
}

/** The arrow keys walk the days only where they walk nothing else. */
function isOutsideFields(): boolean {
  const { activeElement } = document
  return !activeElement || activeElement === document.body || activeElement.getAttribute('role') === 'grid'
}

/** U1: Enter does the harmless next step, and only on its own day. */
function enter(item: GridItem) {
  const appointment = findRecord('appointments', item.key)
  if (appointment && isAwaited(appointment)) void checkInAppointment(appointment.id)
}

function act(letter: string, item: GridItem) {
  const appointment = findRecord('appointments', item.key)
  if (!appointment || !isAwaited(appointment)) return
  if (letter === 'c' && appointment.status === 'booked') void changeAppointment(appointment.id, 'confirmed')
  if (letter === 'm') void moveAppointment(appointment.id)
}

const isAwaited = ({ status }: Appointment) => status === 'booked' || status === 'confirmed'

const renderRow = (item: GridItem) => <DayRow id={item.key} />

const DayRow = memo(function DayRow({ id }: { id: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const today = useToday()
  const appointment = useRecord('appointments', id)
  const patient = usePatient(appointment?.patientId)
  const doctor = useRecord('doctors', appointment?.doctorId)
  const service = useRecord('services', appointment?.serviceId)
  const age = useAge(patient, today)
  if (!appointment) return null
  const { status, overbooked } = appointment
  const gone = status === 'cancelled' || status === 'no_show'
  return (
    <div className={styles.row} data-gone={gone || undefined}>
      <Glow id={id} />
      <span className={styles.time}>{format.time(appointment.startsAt)}</span>
      <span className={`${styles.name} clip`}>{patient ? listName(patient) : '…'}</span>
      <span className={`${styles.age} clip`}>{age}</span>
      <span className={`${styles.phone} clip`} dir="ltr">
        {patient?.phones[0]}
      </span>
      <span className={`${styles.doctor} clip`}>{doctor ? shortName(doctor.displayName) : ''}</span>
      <span className={`${styles.service} clip`}>{service?.name}</span>
      <span className={styles.status} data-status={status}>
        {overbooked && <span className={styles.over}>{t('day.overbooked')}</span>}
        {appointment.moveAsked && <span className={styles.over}>{t('appointment.moveAsked.short')}</span>}
        {t(`appointment.status.${status}`)}
      </span>
    </div>
  )
})
