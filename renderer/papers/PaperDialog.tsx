import { Button, SegmentedControl } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../ui/Dialog.tsx'
import type { Sheet } from './print-papers.ts'

type Size = Sheet['size']
type Props = {
  title: string
  width?: 'small' | 'medium'
  /** What it is printed on. */
  size: Size
  onSize: (size: Size) => void
  ready: boolean
  print: () => void
  /** Given up, or done with. */
  onLeave: () => void
  onClose: () => void
  children: ReactNode
}

/** What is written for paper: its fields, the size of the sheet, Print. */
export function PaperDialog({ title, width = 'small', size, onSize, ready, print, onLeave, onClose, children }: Props) {
  const { t } = useTranslation()
  const send = () => {
    if (!ready) return
    print()
    onLeave()
  }
  return (
    <Dialog
      title={title}
      size={width}
      // U8: Escape throws nothing away; Cancel does.
      onClose={onClose}
      onSubmit={send}
      footer={
        <>
          <Button onClick={onLeave}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" disabled={!ready}>
            {t('day.print')}
          </Button>
        </>
      }
    >
      {children}
      <SegmentedControl
        aria-label={t('paper.size')}
        data={['A5', 'A4']}
        value={size}
        onChange={(next) => onSize(next === 'A4' ? 'A4' : 'A5')}
      />
    </Dialog>
  )
}
