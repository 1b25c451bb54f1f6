import { type ReactNode, useId } from 'react'
import styles from './TriageForm.module.css'

type Props<T extends string> = {
  label: string
  options: readonly { value: T; word: ReactNode }[]
  value: T | null
  onChange: (value: T) => void
}

/** One of a few, in a row. */
export function PlainChoice<T extends string>({ label, options, value, onChange }: Props<T>) {
  const name = useId()
  return (
    <div className={styles.question}>
      <span>{label}</span>
      <div className={styles.choice} role="radiogroup" aria-label={label}>
        {options.map((option) => (
          <label key={option.value} className={styles.option} data-on={option.value === value || undefined}>
            <input
              type="radio"
              className="unseen"
              name={name}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.word}
          </label>
        ))}
      </div>
    </div>
  )
}
