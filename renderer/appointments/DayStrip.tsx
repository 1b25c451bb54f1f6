import { type KeyboardEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addDays, daysBetween } from '../../rules/clinic-day.ts'
import { readingKey } from '../ui/direction.ts'
import { useFormat } from '../ui/format.ts'
import styles from './BookDialog.module.css'

const WEEK = 7

type Props = { value: string; today: string; onChange: (day: string) => void }

/** A week of days to choose from; the arrow keys walk on into the next one. */
export function DayStrip({ value, today, onChange }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const weekOf = (day: string) => addDays(today, Math.floor(daysBetween(today, day) / WEEK) * WEEK)
  const [first, setFirst] = useState(() => weekOf(value))
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a day that was chosen elsewhere turns the page
  useEffect(() => setFirst(weekOf(value)), [value])
  const days = Array.from({ length: WEEK }, (_, index) => addDays(first, index))
  const choose = (day: string) => {
    if (day < today) return
    setFirst(weekOf(day))
    onChange(day)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: WEEK, ArrowUp: -WEEK }[readingKey(event.key)]
    if (!step) return
    event.preventDefault()
    choose(addDays(value, step))
    const group = event.currentTarget
    requestAnimationFrame(() => group.querySelector<HTMLElement>('[aria-checked="true"]')?.focus())
  }
  const focusable = days.includes(value) ? value : days[0]
  return (
    <div className={styles.days} role="radiogroup" aria-label={t('book.day')} onKeyDown={onKeyDown}>
      <button
        type="button"
        className={`${styles.day} ${styles.page}`}
        disabled={first <= today}
        onClick={() => setFirst(addDays(first, -WEEK))}
        aria-label={t('book.weekBefore')}
      >
        ‹
      </button>
      {days.map((day) => (
        // biome-ignore lint/a11y/useSemanticElements: a row of days, not a column of radios
        <button
          key={day}
          type="button"
          role="radio"
          aria-checked={day === value}
          aria-label={format.dayWithWeekday(day)}
          tabIndex={day === focusable ? 0 : -1}
          data-autofocus={day === value || undefined}
          className={styles.day}
          onClick={() => choose(day)}
        >
          <small>{day === today ? t('book.today') : format.weekday(day)}</small>
          {format.shortDay(day)}
        </button>
      ))}
      <button
        type="button"
        className={`${styles.day} ${styles.page}`}
        onClick={() => setFirst(addDays(first, WEEK))}
        aria-label={t('book.weekAfter')}
      >
        ›
      </button>
    </div>
  )
}
