import { Button, type ButtonProps } from '@mantine/core'
import { type ReactNode, useRef, useState } from 'react'
import styles from './ActionButton.module.css'

type Props = ButtonProps & {
  /** Runs once at a time: while it does, the button shows it and can't be pressed again. */
  run: () => unknown
  children: ReactNode
  /** The key that does the same. */
  shortcut?: string
  /** The next step, of which a page has one. */
  next?: boolean
  autoFocus?: boolean
  title?: string
}

export function ActionButton({ run, children, shortcut, next = false, disabled, ...rest }: Props) {
  const running = useRef(false)
  const [busy, setBusy] = useState(false)
  const press = async () => {
    if (running.current) return
    running.current = true
    // What is done within a moment needs no sign of it: the button must not flicker.
    const slow = setTimeout(() => setBusy(true), 150)
    try {
      await run()
    } finally {
      clearTimeout(slow)
      running.current = false
      setBusy(false)
    }
  }
  return (
    <Button
      size="xs"
      px="sm"
      {...rest}
      variant={next ? 'filled' : 'default'}
      loading={busy}
      disabled={disabled}
      onClick={press}
      rightSection={shortcut ? <kbd className={next ? styles.onAccent : undefined}>{shortcut}</kbd> : undefined}
      aria-keyshortcuts={shortcut}
    >
      {children}
    </Button>
  )
}
