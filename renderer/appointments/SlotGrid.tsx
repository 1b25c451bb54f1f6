import { type KeyboardEvent, useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { addDays } from '../../rules/clinic-day.ts'
import { api } from '../live/api.ts'
import { failureText } from '../live/perform.ts'
import { useLive } from '../live/store.ts'
import { useRead } from '../live/use-read.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { readingKey } from '../ui/direction.ts'
import { useFormat } from '../ui/format.ts'
import { EmptyState, FailedState, SkeletonRows } from '../ui/states.tsx'
import { toast } from '../ui/toasts.ts'
import styles from './BookDialog.module.css'

export type Slot = { startsAt: string; endsAt: string }

type Props = {
  doctorId: string
  serviceId: string
  date: string
  value: string | null
  onChange: (startsAt: string) => void
  /** Another day has something free. */
  onDay: (day: string) => void
}

/** The slots of a day, the full ones struck out; arrow keys walk them, Enter books. Asked again when somebody books with that doctor. */
export function SlotGrid({ doctorId, serviceId, date, value, onChange, onDay }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const booked = useBookedMark(doctorId)
  const read = useCallback(
    (signal: AbortSignal) =>
      api.appointments
        .availableSlots({ query: { doctorId, serviceId, date } }, { signal })
        .then((answer) => answer.items),
    [doctorId, serviceId, date],
  )
  const { data: slots, failed, again } = useRead(read, booked)
  if (failed) return <FailedState text={failed} onRetry={again} />
  if (!slots) return <SkeletonRows rows={2} />
  const nextFree = <NextFreeDay doctorId={doctorId} serviceId={serviceId} after={date} onDay={onDay} />
  if (slots.length === 0)
    return (
      <EmptyState title={t('book.noSlots')} hint={t('book.noSlotsHint')}>
        {nextFree}
      </EmptyState>
    )
  const allTaken = slots.every((slot) => slot.free === 0)
  const move = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Enter') return takeFocused(event)
    const step = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: columnsOf(event.currentTarget),
      ArrowUp: -columnsOf(event.currentTarget),
    }[readingKey(event.key)]
    if (!step) return
    event.preventDefault()
    const at = slots.findIndex((slot) => slot.startsAt === value)
    const next = slots[Math.max(0, Math.min(slots.length - 1, at + step))]
    if (!next) return
    onChange(next.startsAt)
    event.currentTarget.querySelector<HTMLElement>(`[data-at="${next.startsAt}"]`)?.focus()
  }
  // Enter takes the one with the focus and books it.
  const takeFocused = (event: KeyboardEvent<HTMLElement>) => {
    event.preventDefault()
    const button = event.target as HTMLButtonElement
    if (button.dataset.at) onChange(button.dataset.at)
    setTimeout(() => button.form?.requestSubmit())
  }
  const weekdayOf = (slot: Slot) => format.weekday(format.dayOfInstant(slot.startsAt))
  // Q2: the clinic day goes on past midnight.
  const isPastMidnight = (slot: Slot) => format.dayOfInstant(slot.startsAt) !== date
  const focusable = slots.find((slot) => slot.startsAt === value) ?? slots[0]
  const grid = (
    <div className={styles.slots} role="radiogroup" aria-label={t('book.slots')} onKeyDown={move}>
      {slots.map((slot) => (
        // biome-ignore lint/a11y/useSemanticElements: a grid of times, not a column of radios
        <button
          key={slot.startsAt}
          type="button"
          role="radio"
          aria-checked={slot.startsAt === value}
          tabIndex={slot === focusable ? 0 : -1}
          data-at={slot.startsAt}
          className={styles.slot}
          data-full={slot.free === 0 || undefined}
          title={slot.free === 0 ? t('book.full') : undefined}
          onClick={() => onChange(slot.startsAt)}
        >
          {format.time(slot.startsAt)} {isPastMidnight(slot) && <small>{weekdayOf(slot)}</small>}{' '}
          {slot.free > 1 && <small>×{slot.free}</small>}
        </button>
      ))}
    </div>
  )
  if (!allTaken) return grid
  return (
    <>
      <p className="soft">
        {t('book.allTaken')} {nextFree}
      </p>
      {grid}
    </>
  )
}

const FAR_DAYS = 60

/** Looks day by day for the next one with a free time. */
function NextFreeDay({
  doctorId,
  serviceId,
  after,
  onDay,
}: Pick<Props, 'doctorId' | 'serviceId' | 'onDay'> & { after: string }) {
  const { t } = useTranslation()
  const find = async () => {
    for (let ahead = 1; ahead <= FAR_DAYS; ahead++) {
      const date = addDays(after, ahead)
      const { items } = await api.appointments.availableSlots({ query: { doctorId, serviceId, date } })
      if (items.some((slot) => slot.free > 0)) return onDay(date)
    }
    toast({ tone: 'plain', text: t('book.noneFree') })
  }
  return (
    <ActionButton
      size="compact-xs"
      run={() => find().catch((error: unknown) => toast({ tone: 'problem', text: failureText(error) }))}
    >
      {t('book.nextFree')}
    </ActionButton>
  )
}

function columnsOf(grid: HTMLElement): number {
  return getComputedStyle(grid).gridTemplateColumns.split(' ').length
}

/** Changes when an appointment of that doctor does, so that a slot taken meanwhile goes. */
function useBookedMark(doctorId: string): string {
  return useLive((state) =>
    Object.values(state.nouns.appointments)
      .filter((appointment) => appointment.doctorId === doctorId)
      .reduce((sum, appointment) => sum + appointment.version, 0)
      .toString(),
  )
}
