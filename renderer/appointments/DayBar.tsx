import { ActionIcon, Button, Select } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconPrinter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Appointment, AppointmentStatus } from '../../contract/appointments.ts'
import { addDays } from '../../rules/clinic-day.ts'
import { openRecalls } from '../follow-ups/commands.tsx'
import { useRecalls } from '../follow-ups/recalls.ts'
import { useMay } from '../live/permission.ts'
import { openPhoneList } from '../phone-calls/open-phone-list.tsx'
import { useToPhone } from '../phone-calls/phone-list.ts'
import { DayInput } from '../ui/DayInput.tsx'
import { isRightToLeft } from '../ui/direction.ts'
import { useFormat } from '../ui/format.ts'
import { useChoices } from '../ui/use-here.ts'
import { openBook } from '../visits/open-dialogs.tsx'
import styles from './AppointmentsView.module.css'
import { openDoctorGone } from './doctor-gone.tsx'
import type { DayFilter } from './use-day.ts'

const STATUSES = [
  'booked',
  'confirmed',
  'checked_in',
  'fulfilled',
  'cancelled',
  'no_show',
] as const satisfies readonly AppointmentStatus[]

type Props = {
  day: string
  today: string
  items: readonly Appointment[]
  filter: DayFilter
  onDay: (day: string) => void
  onFilter: (part: Partial<DayFilter>) => void
  onPrint: () => void
}

/** Which day, whose, and in what state. */
export function DayBar({ day, today, items, filter, onDay, onFilter, onPrint }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const mayBook = useMay('appointment.book')
  const mayRebook = useMay('appointment.rebook')
  const toPhone = useToPhone()
  const recalls = useRecalls()
  const doctors = useChoices('doctors')
  return (
    <header className={styles.bar}>
      <div className={styles.days}>
        <ActionIcon
          variant="default"
          size={30}
          aria-label={t('day.before')}
          title={isRightToLeft() ? '→' : '←'}
          onClick={() => onDay(addDays(day, -1))}
        >
          <IconChevronLeft className="turned" size={18} stroke={1.75} aria-hidden />
        </ActionIcon>
        <Button size="xs" disabled={day === today} onClick={() => onDay(today)} rightSection={<kbd>T</kbd>}>
          {t('book.today')}
        </Button>
        <ActionIcon
          variant="default"
          size={30}
          aria-label={t('day.after')}
          title={isRightToLeft() ? '←' : '→'}
          onClick={() => onDay(addDays(day, 1))}
        >
          <IconChevronRight className="turned" size={18} stroke={1.75} aria-hidden />
        </ActionIcon>
        <DayInput
          className={styles.typed}
          size="xs"
          aria-label={t('book.day')}
          value={day}
          onChange={(typed) => typed && onDay(typed)}
        />
        <h2 className={`${styles.title} heading`}>{format.weekday(day)}</h2>
        <span className="soft">{t('day.count', { count: items.length })}</span>
      </div>
      <div className={styles.days}>
        <Select
          size="xs"
          className={styles.filter}
          aria-label={t('visit.doctor')}
          placeholder={t('day.everyDoctor')}
          data={doctors}
          value={filter.doctorId}
          onChange={(doctorId) => onFilter({ doctorId })}
          clearable
          searchable
        />
        <Select
          size="xs"
          className={styles.filter}
          aria-label={t('common.state')}
          placeholder={t('day.everyState')}
          data={STATUSES.map((status) => ({ value: status, label: t(`appointment.status.${status}`) }))}
          value={filter.status}
          onChange={(status) => onFilter({ status: STATUSES.find((each) => each === status) ?? null })}
          clearable
        />
        {mayRebook && day === today && (
          <Button size="xs" onClick={() => openDoctorGone(filter.doctorId ?? undefined)}>
            {t('gone.title')}
          </Button>
        )}
        {mayBook && recalls.length > 0 && (
          <Button size="xs" onClick={() => openRecalls()}>
            {t('followUp.button', { count: recalls.length })}
          </Button>
        )}
        {mayRebook && toPhone > 0 && (
          <Button size="xs" onClick={() => openPhoneList()}>
            {t('phone.button', { count: toPhone })}
          </Button>
        )}
        <Button size="xs" leftSection={<IconPrinter size={16} stroke={1.75} aria-hidden />} onClick={onPrint}>
          {t('day.print')}
        </Button>
        {mayBook && (
          <Button size="xs" onClick={() => openBook()} rightSection={<kbd>F6</kbd>} aria-keyshortcuts="F6">
            {t('arrivals.book')}
          </Button>
        )}
      </div>
    </header>
  )
}
