import type { Attachment } from '../../contract/attachments.ts'
import { LARGEST_FILE } from '../../contract/file-sizes.ts'
import { api, newId } from '../live/api.ts'
import { perform } from '../live/perform.ts'
import { save } from '../live/save.ts'
import { openDialog } from '../ui/dialogs.tsx'
import { t } from '../ui/i18n.ts'
import { toast } from '../ui/toasts.ts'
import { fetchFile, sendFile } from './transfer.ts'

/** Attaches a file to a visit. What it is, the hub says by its content. */
export async function attachFile(visitId: string, file: File, progress: (share: number) => void): Promise<void> {
  if (file.size > LARGEST_FILE) return toast({ tone: 'problem', text: t('file.tooLarge', { name: file.name }) })
  const name = file.name.trim().slice(0, 200) || t('file.unnamed')
  await save<Attachment>({
    noun: 'attachments',
    key: `attachment.add.${visitId}.${file.name}`,
    run: async (id) => {
      await sendFile(id, file, progress)
      return api.attachments.add({ body: { id, visitId, uploadId: id, name } }, { context: { intent: id } })
    },
    on: {
      wrong_file_type: () => toast({ tone: 'problem', text: t('file.wrongType', { name: file.name }) }),
      too_large: () => toast({ tone: 'problem', text: t('file.tooLarge', { name: file.name }) }),
    },
    done: (after) => t('file.added', { name: after.name }),
    undo: (after) => putWithdrawn(after, true),
  })
}

const putWithdrawn = ({ id, version }: Attachment, withdrawn: boolean) =>
  api.attachments.withdraw({ params: { id }, body: { version, withdrawn } }, { context: { intent: newId() } })

export const withdrawFile = (before: Attachment) =>
  save<Attachment>({
    noun: 'attachments',
    key: `attachment.withdraw.${before.id}`,
    run: () => putWithdrawn(before, true),
    done: ({ name, withdrawnAt }) => t(withdrawnAt ? 'file.withdrawn' : 'file.added', { name }),
    undo: (after) => putWithdrawn(after, false),
  })

/** A picture is drawn in the page; a PDF is saved, never shown here (docs/decisions/0010). */
export async function openFile(attachment: Attachment): Promise<void> {
  if (attachment.type === 'pdf') return downloadFile(attachment)
  const { PictureDialog } = await import('./PictureDialog.tsx')
  openDialog((close) => <PictureDialog attachment={attachment} onClose={close} />)
}

export async function downloadFile(attachment: Attachment): Promise<void> {
  const blob = await perform({ key: `attachment.open.${attachment.id}`, run: () => fetchFile(attachment) })
  if (!blob) return
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = downloadName(attachment)
  link.click()
  URL.revokeObjectURL(link.href)
}

const ENDINGS = { jpeg: /\.jpe?g$/i, png: /\.png$/i, webp: /\.webp$/i, pdf: /\.pdf$/i } as const

/** Whatever it was called, it ends as what it is: a picture does not become a program on somebody's desk. */
export function downloadName({ name, type }: Pick<Attachment, 'name' | 'type'>): string {
  const plain = name.replace(/[\\/:*?"<>|\p{Cc}\p{Cf}]/gu, '_')
  return ENDINGS[type].test(plain) ? plain : `${plain}.${type}`
}
