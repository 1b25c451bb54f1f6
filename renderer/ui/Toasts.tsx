import { IconAlertTriangle } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useHotkey } from './hotkeys.ts'
import styles from './Toasts.module.css'
import { actOn, dismiss, lifeOf, newestUndo, type Toast, undoNewest, useToasts } from './toasts.ts'

export function Toasts() {
  const { t } = useTranslation()
  const toasts = useToasts((state) => state.toasts)
  useHotkey('Ctrl+Z', undoNewest)
  const newest = newestUndo(toasts)
  return (
    <section className={styles.stack} aria-label={t('toasts.label')}>
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} undoneByKey={toast === newest} />
      ))}
    </section>
  )
}

function ToastCard({ toast, undoneByKey }: { toast: Toast; undoneByKey: boolean }) {
  const { t } = useTranslation()
  const label = toast.undo ? t('common.undo') : toast.action?.label
  // It stays as long as somebody points at it or is inside it.
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => dismiss(toast.id), lifeOf(toast))
    return () => clearTimeout(timer)
  }, [toast, held])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only keeps it on the screen
    <div
      className={styles.toast}
      data-tone={toast.tone}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {toast.tone === 'problem' && <IconAlertTriangle size={16} stroke={1.75} aria-hidden />}
      <span className={styles.text}>{toast.text}</span>
      {label && (
        <button type="button" className={styles.action} onClick={() => actOn(toast)}>
          {label} {undoneByKey && <kbd>Ctrl Z</kbd>}
        </button>
      )}
      <button type="button" className={styles.close} onClick={() => dismiss(toast.id)} aria-label={t('common.dismiss')}>
        ×
      </button>
    </div>
  )
}
