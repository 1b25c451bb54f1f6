import { ActionIcon, Button } from '@mantine/core'
import { IconFileTypePdf, IconPaperclip, IconPhoto, IconX } from '@tabler/icons-react'
import { type DragEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Attachment } from '../../contract/attachments.ts'
import type { Visit } from '../../contract/visits.ts'
import parts from '../consultation/Consultation.module.css'
import { useOfVisit } from '../consultation/use-record-of.ts'
import { useMay } from '../live/permission.ts'
import { attachFile, openFile, withdrawFile } from './commands.tsx'
import styles from './Files.module.css'
import { useThumbnail } from './thumbnails.ts'

const TAKEN = 'image/jpeg,image/png,image/webp,application/pdf'

/** Photos and PDFs of this visit: chosen, or dropped here. */
export function FilesPart({ visit }: { visit: Visit }) {
  const { t } = useTranslation()
  const mayAdd = useMay('attachment.add')
  const files = useOfVisit('attachments', visit.id)
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [share, setShare] = useState<number | null>(null)
  const take = async (chosen: readonly File[]) => {
    for (const file of chosen) {
      setShare(0)
      await attachFile(visit.id, file, setShare)
    }
    setShare(null)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    if (mayAdd) void take([...event.dataTransfer.files])
  }
  return (
    <section
      className={parts.part}
      aria-label={t('file.title')}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(mayAdd)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <div className={parts.head}>
        <h2>{t('file.title')}</h2>
        {mayAdd && (
          <Button
            size="compact-xs"
            leftSection={<IconPaperclip size={16} stroke={1.75} aria-hidden />}
            loading={share !== null}
            onClick={() => input.current?.click()}
          >
            {t('file.choose')}
          </Button>
        )}
        <input
          ref={input}
          type="file"
          hidden
          multiple
          accept={TAKEN}
          aria-label={t('file.choose')}
          onChange={(event) => {
            void take([...(event.currentTarget.files ?? [])])
            event.currentTarget.value = ''
          }}
        />
      </div>
      <span role="status" className="soft">
        {share !== null ? t('file.sending', { percent: Math.round(share * 100) }) : ''}
      </span>
      {files.length === 0 ? (
        <p className="soft">{t(mayAdd ? 'file.dropHere' : 'file.none')}</p>
      ) : (
        <ul className={styles.files}>
          {files.map((file) => (
            <FileTile key={file.id} file={file} mayWithdraw={mayAdd} />
          ))}
        </ul>
      )}
    </section>
  )
}

export function FileTile({ file, mayWithdraw = false }: { file: Attachment; mayWithdraw?: boolean }) {
  const { t } = useTranslation()
  const thumbnail = useThumbnail(file)
  const Icon = file.type === 'pdf' ? IconFileTypePdf : IconPhoto
  return (
    <li className={styles.file}>
      <button type="button" className={styles.tile} onClick={() => void openFile(file)}>
        <span className={styles.thumb}>
          {thumbnail ? <img src={thumbnail} alt="" /> : <Icon size={28} stroke={1.4} aria-hidden />}
        </span>
        <span className="clip">{file.name}</span>
        <span className="soft">
          {t('file.size', { type: file.type.toUpperCase(), size: Math.ceil(file.bytes / 1000) })}
        </span>
      </button>
      {mayWithdraw && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('file.withdraw', { name: file.name })}
          title={t('common.remove')}
          onClick={() => void withdrawFile(file)}
        >
          <IconX size={16} stroke={1.75} aria-hidden />
        </ActionIcon>
      )}
    </li>
  )
}
