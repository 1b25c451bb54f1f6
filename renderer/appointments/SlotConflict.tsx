import { Button, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../contract/errors.ts'
import { useMay } from '../live/permission.ts'
import { useFormat } from '../ui/format.ts'
import { t } from '../ui/i18n.ts'
import styles from './BookDialog.module.css'
import type { Slot } from './SlotGrid.tsx'

/** Why a slot was refused, and what else there is (A2, A6). */
export type Conflict = { text: string; nearest: readonly Slot[] }

/** What to do about the refusals of booking and moving. */
export const onConflict = (show: (conflict: Conflict) => void) => ({
  slot_taken: ({ byName, nearest }: ErrorData<'slot_taken'>) =>
    show({ text: t('book.taken', { name: byName }), nearest }),
  outside_schedule: ({ nearest }: ErrorData<'outside_schedule'>) => show({ text: t('book.outside'), nearest }),
  patient_busy: () => show({ text: t('book.patientBusy'), nearest: [] }),
})

type Props = {
  conflict: Conflict
  /** It is of the same clinic day as the one that was refused. */
  onNearest: (slot: Slot) => void
  reason: string
  onReason: (reason: string) => void
}

/** Offers the nearest free slots, and to those who may, to take it all the same (A3). */
export function SlotConflict({ conflict, onNearest, reason, onReason }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const mayOverbook = useMay('appointment.overbook')
  return (
    <div className={styles.conflict} role="alert">
      <p>{conflict.text}</p>
      {conflict.nearest.length > 0 && (
        <div className={styles.nearest}>
          <span>{t('book.nearest')}</span>
          {conflict.nearest.map((slot) => (
            <Button key={slot.startsAt} size="compact-xs" onClick={() => onNearest(slot)}>
              {format.dateAndTime(slot.startsAt)}
            </Button>
          ))}
        </div>
      )}
      {mayOverbook && (
        <TextInput
          label={t('book.overbook')}
          value={reason}
          maxLength={200}
          onChange={(event) => onReason(event.currentTarget.value)}
        />
      )}
    </div>
  )
}
