import type { Attachment } from '../../contract/attachments.ts'

/** What a file is by its first bytes, whatever it is called; `undefined` for everything that is not taken. */
export function typeOf(head: Buffer): Attachment['type'] | undefined {
  const starts = (...bytes: number[]) => bytes.every((byte, index) => head[index] === byte)
  if (starts(0xff, 0xd8, 0xff)) return 'jpeg'
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png'
  if (head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP') return 'webp'
  if (head.toString('latin1', 0, 5) === '%PDF-') return 'pdf'
  return undefined
}
