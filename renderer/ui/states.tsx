import { Button } from '@mantine/core'
import { IconCloudOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './states.module.css'

/** A list with nothing in it says so, and what would fill it. */
export function EmptyState({ title, hint, children }: { title: string; hint?: string; children?: ReactNode }) {
  return (
    <div className={styles.state}>
      <p className={styles.title}>{title}</p>
      {hint && <p className="soft">{hint}</p>}
      {children}
    </div>
  )
}

export function FailedState({ text, onRetry }: { text: string; onRetry: () => void }) {
  const { t } = useTranslation()
  return (
    <div className={styles.state} role="alert">
      <IconCloudOff size={24} stroke={1.5} aria-hidden />
      <p className={styles.title}>{text}</p>
      <Button size="xs" onClick={onRetry}>
        {t('common.tryAgain')}
      </Button>
    </div>
  )
}

/** Shown from 200 ms on: what is faster needs none. */
export function SkeletonRows({ rows = 8 }: { rows?: number }) {
  const { t } = useTranslation()
  return (
    <div className={styles.skeleton} role="status" aria-label={t('common.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of a skeleton are nothing but their place
        <div key={row} className={styles.bone}>
          <i />
          <i data-width={row % 3} />
          <i />
        </div>
      ))}
    </div>
  )
}
