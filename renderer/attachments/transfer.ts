import type { Attachment } from '../../contract/attachments.ts'
import { FILE_PART } from '../../contract/file-sizes.ts'
import { api } from '../live/api.ts'
import { Refused } from '../live/refused.ts'

const MIME = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp', pdf: 'application/pdf' } as const

/** Sends a file in parts; each may be sent again. Tells how far it is, 0 to 1. */
export async function sendFile(uploadId: string, file: Blob, progress: (share: number) => void): Promise<void> {
  for (let offset = 0; offset === 0 || offset < file.size; offset += FILE_PART) {
    const content = toBase64(new Uint8Array(await file.slice(offset, offset + FILE_PART).arrayBuffer()))
    await api.attachments.upload({ params: { id: uploadId }, body: { offset, content } })
    progress(Math.min(1, (offset + FILE_PART) / file.size))
  }
}

/**
 * The whole file, as what it is by its content.
 *
 * @throws Refused `file_damaged` when it is not what was attached
 */
export async function fetchFile({ id, type, sha256 }: Attachment, signal?: AbortSignal): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let offset: number | null = 0
  while (offset !== null) {
    const options = signal ? { signal } : {}
    const part: { content: string; next: number | null } = await api.attachments.content(
      { params: { id }, query: { offset } },
      options,
    )
    parts.push(fromBase64(part.content))
    offset = part.next
  }
  const blob = new Blob(parts, { type: MIME[type] })
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()))
  const found = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  if (found !== sha256) throw new Refused('file_damaged', '', undefined)
  return blob
}

/** In pieces: a call takes only so many arguments. */
function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768))
  return btoa(text)
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at)
  return bytes
}
