import { type KeyboardEvent, useId } from 'react'
import { flushSync } from 'react-dom'
import styles from './TriageForm.module.css'
import { focusAfter } from './TriageForm.tsx'

type Option<T extends string> = { value: T; word: string; letter: string }
type Props<T extends string> = {
  label: string
  options: readonly Option<T>[]
  value: T | null
  onChange: (value: T) => void
}

/** One of a few, by one letter, which also goes on to the next field; or by mouse and arrow keys. */
export function LetterChoice<T extends string>({ label, options, value, onChange }: Props<T>) {
  const name = useId()
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const chosen = options.find(({ letter }) => letter === event.key.toLowerCase())
    if (!chosen) return
    event.preventDefault()
    // Drawn at once: the field that it goes on to may be one that has just come with the choice.
    flushSync(() => onChange(chosen.value))
    const form = event.currentTarget.closest('form')
    if (form) focusAfter(event.currentTarget, form)
  }
  return (
    <div className={styles.choice} role="radiogroup" aria-label={label} onKeyDown={onKeyDown}>
      {options.map((option) => (
        <label key={option.value} className={styles.option} data-on={option.value === value || undefined}>
          <input
            type="radio"
            className="unseen"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <kbd>{option.letter.toUpperCase()}</kbd> {option.word}
        </label>
      ))}
    </div>
  )
}
