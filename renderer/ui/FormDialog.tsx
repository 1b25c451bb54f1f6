import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from './Dialog.tsx'
import styles from './Sheet.module.css'

type Props = {
  title: string
  verb?: string
  busy: boolean
  size?: 'small' | 'medium' | 'large'
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}

/** A short form over the page: its fields, Cancel, and the one verb. */
export function FormDialog({ title, verb, busy, size = 'small', onSubmit, onClose, children }: Props) {
  const { t } = useTranslation()
  return (
    <Dialog
      title={title}
      size={size}
      onClose={onClose}
      onSubmit={onSubmit}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" loading={busy}>
            {verb ?? t('form.save')}
          </Button>
        </>
      }
    >
      <div className={size === 'small' ? styles.ticks : styles.fields}>{children}</div>
    </Dialog>
  )
}
