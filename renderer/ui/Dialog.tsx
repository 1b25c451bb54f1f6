import { Modal } from '@mantine/core'
import { type FormEvent, type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './Dialog.module.css'
import { enterLayer } from './hotkeys.ts'

type Props = {
  title: ReactNode
  onClose: () => void
  /** Enter in a field sends it. */
  onSubmit?: () => void
  /** The buttons; the one that goes on is last and of type submit. */
  footer?: ReactNode
  size?: 'small' | 'medium' | 'large' | 'huge'
  children: ReactNode
}

/** U1: whoever walked a list goes on where they were; what opened the dialog may be gone by then, like a menu. */
function returnFocus() {
  const before = document.activeElement
  return () => {
    setTimeout(() => {
      if (document.activeElement && document.activeElement !== document.body) return
      const here = before instanceof HTMLElement && before.isConnected && before !== document.body ? before : undefined
      const back = here ?? document.querySelector<HTMLElement>('main [role="grid"]')
      back?.focus({ preventScroll: true })
    })
  }
}

let dialogs: readonly symbol[] = []

/** Of dialogs over each other Escape closes the upper one; every one of them hears the key. */
function enterStack(me: symbol) {
  dialogs = [...dialogs, me]
  return () => {
    // Not sooner: the one below may hear the same key only after this one is gone.
    setTimeout(() => {
      dialogs = dialogs.toSpliced(dialogs.indexOf(me), 1)
    })
  }
}

const WIDTHS = { small: 420, medium: 560, large: 800, huge: 1080 } as const

export function Dialog({ title, onClose, onSubmit, footer, size = 'small', children }: Props) {
  const { t } = useTranslation()
  const [me] = useState(() => Symbol('dialog'))
  useEffect(() => enterStack(me), [me])
  useEffect(enterLayer, [])
  useEffect(returnFocus, [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // A dialog in a dialog is a form in a form as far as React's events go.
    event.stopPropagation()
    onSubmit?.()
  }
  return (
    <Modal
      opened
      onClose={() => {
        if (dialogs.at(-1) === me) onClose()
      }}
      title={title}
      size={WIDTHS[size]}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      // Within a dialog it is no banner of the page.
      attributes={{ header: { role: 'presentation' } }}
      classNames={{ content: styles.content, header: styles.header, title: styles.title, overlay: styles.overlay }}
    >
      <form onSubmit={submit} className={styles.form} noValidate>
        {children}
        {footer && <div className={styles.footer}>{footer}</div>}
      </form>
    </Modal>
  )
}
