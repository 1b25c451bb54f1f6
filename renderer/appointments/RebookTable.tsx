import { Select } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Slot } from '../../rules/slots.ts'
import { useToday } from '../live/clinic.ts'
import { useRecord } from '../live/store.ts'
import { usePatient } from '../patients/use-patient.ts'
import { useFormat } from '../ui/format.ts'
import type { Format } from '../ui/formats.ts'
import { listName } from '../ui/patient-name.ts'
import sheet from '../ui/Sheet.module.css'
import styles from './DoctorGoneDialog.module.css'
import type { RebookRow } from './rebook-rows.ts'

/** No new time: a choice like any other, for the keyboard too. */
const NONE = 'none'

type Props = { rows: readonly RebookRow[]; choose: (appointmentId: string, startsAt: string | null) => void }

/** Q12: old time and new time of each; another can be picked, or none. */
export function RebookTable({ rows, choose }: Props) {
  const { t } = useTranslation()
  return (
    <div className={styles.scroller}>
      <table className={`${sheet.table} ${styles.table}`}>
        <thead>
          <tr>
            <th>{t('gone.old')}</th>
            <th>{t('patient.one')}</th>
            <th>{t('visit.service')}</th>
            <th>{t('gone.new')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.appointmentId} row={row} onChoose={choose} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ row, onChoose }: { row: RebookRow; onChoose: Props['choose'] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const appointment = useRecord('appointments', row.appointmentId)
  const patient = usePatient(appointment?.patientId)
  const service = useRecord('services', appointment?.serviceId)
  const today = useToday()
  const none = t(row.choices.length > 0 ? 'gone.stays' : 'gone.noPlace')
  const data = useMemo(
    () => [{ value: NONE, label: none }, ...choicesOf(row.choices, format, today)],
    [row.choices, format, today, none],
  )
  if (!appointment) return null
  const name = patient ? listName(patient) : '…'
  return (
    <tr>
      <td className={sheet.fit}>{format.time(appointment.startsAt)}</td>
      <th scope="row">{name}</th>
      <td className="soft">{service?.name}</td>
      <td className={styles.choice}>
        <Select
          size="xs"
          aria-label={t('gone.newFor', { name })}
          data={data}
          value={row.startsAt ?? NONE}
          data-none={row.startsAt === null || undefined}
          onChange={(value) => onChoose(row.appointmentId, value === NONE ? null : value)}
          nothingFoundMessage={t('gone.noPlace')}
          maxDropdownHeight={260}
          allowDeselect={false}
          searchable
        />
      </td>
    </tr>
  )
}

/** Under their days; in the field itself the time, and the day when it is another. */
function choicesOf(choices: readonly Slot[], format: Format, today: string) {
  const days = new Map<string, { value: string; label: string }[]>()
  for (const { startsAt } of choices) {
    const day = format.dayOfInstant(startsAt)
    const items = days.get(day) ?? []
    const when = day === today ? '' : `${format.weekday(day)} ${format.shortDay(day)} `
    items.push({ value: startsAt, label: when + format.time(startsAt) })
    days.set(day, items)
  }
  return [...days].map(([day, items]) => ({ group: format.dayWithWeekday(day), items }))
}
