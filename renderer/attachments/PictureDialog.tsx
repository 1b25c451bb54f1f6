import { Button } from '@mantine/core'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Attachment } from '../../contract/attachments.ts'
import { useRead } from '../live/use-read.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { FailedState, SkeletonRows } from '../ui/states.tsx'
import { downloadFile } from './commands.tsx'
import { drawPicture } from './draw-picture.ts'
import styles from './Files.module.css'
import { fetchFile } from './transfer.ts'

const SCREEN_PX = 1600

export function PictureDialog({ attachment, onClose }: { attachment: Attachment; onClose: () => void }) {
  const { t } = useTranslation()
  const read = useCallback(
    async (signal: AbortSignal) => drawPicture(await fetchFile(attachment, signal), SCREEN_PX),
    [attachment],
  )
  const { data, failed, again } = useRead(read)
  return (
    <Dialog
      title={attachment.name}
      size="huge"
      onClose={onClose}
      footer={
        <>
          <Button onClick={() => void downloadFile(attachment)}>{t('file.download')}</Button>
          <Button onClick={onClose}>{t('common.close')}</Button>
        </>
      }
    >
      {failed ? (
        <FailedState text={failed} onRetry={again} />
      ) : data === undefined ? (
        <SkeletonRows rows={6} />
      ) : data === null ? (
        <p>{t('file.notDrawn')}</p>
      ) : (
        <img className={styles.picture} src={data} alt={attachment.name} />
      )}
    </Dialog>
  )
}
