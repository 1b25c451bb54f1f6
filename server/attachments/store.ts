import { rmSync } from 'node:fs'
import type { Logger } from 'pino'
import { Refusal } from '../../contract/errors.ts'
import type { SqlReader } from '../db/sql.ts'
import {
  dropUpload,
  type Part,
  putStored,
  readUpload,
  receivePart,
  type StoredFile,
  storedPath,
  type Upload,
} from './files.ts'
import { sweepUnnamed } from './unnamed.ts'
import { createUploadLimits } from './upload-limits.ts'

/** The files beside the database, and the one place that knows which of them are about to be named by a record. */
export type FileStore = {
  /** Takes a part of a file; answers how much of it is there. @throws Refusal `too_much_sent` */
  receive(upload: Upload, part: Part): Promise<number>
  /**
   * Puts a file that was sent whole where it stays, on the disk before `name` writes the record that names it. When that is
   * refused the file goes again, unless another record names it; what was sent stays, so that it can be tried again.
   *
   * @throws Refusal `not_found` when nothing was sent, `wrong_file_type` by its content
   */
  keep<T>(upload: Upload, name: (file: StoredFile) => Promise<T>): Promise<T>
  close(): Promise<void>
}

type Parts = { dataDir: string; read: SqlReader; log: Logger }

export function openFileStore({ dataDir, read, log }: Parts): FileStore {
  const limits = createUploadLimits()
  const claims = new Map<string, number>()
  let closed = false
  const isClaimed = (sha256: string) => claims.has(sha256)
  const isNamed = (sha256: string) => read.get`select 1 from attachments where sha256 = ${sha256}` !== undefined
  const swept = sweepUnnamed({ dataDir, isNamed, isClaimed, stopped: () => closed }).catch((error: unknown) =>
    log.error({ err: error }, 'files that no record names were not put aside'),
  )

  return {
    receive: (upload, part) => {
      limits.admit(upload, Buffer.byteLength(part.content, 'base64'), part.offset === 0)
      return receivePart(dataDir, upload, part)
    },
    keep: async (upload, name) => {
      const { content, ...file } = await readUpload(dataDir, upload).catch((error: unknown) => {
        if (error instanceof Refusal) limits.ended(upload)
        throw error
      })
      const release = claim(file.sha256)
      try {
        await putStored(dataDir, upload, { sha256: file.sha256, content })
        const answer = await name(file)
        limits.ended(upload)
        await dropUpload(dataDir, upload)
        return answer
      } finally {
        release()
      }
    },
    close: async () => {
      closed = true
      await swept
    },
  }

  /** While somebody claims a file nobody takes it away; whoever lets go of it last does, when no record names it. */
  function claim(sha256: string): () => void {
    claims.set(sha256, (claims.get(sha256) ?? 0) + 1)
    return () => {
      const others = (claims.get(sha256) ?? 1) - 1
      if (others > 0) claims.set(sha256, others)
      else {
        claims.delete(sha256)
        if (!isNamed(sha256)) rmSync(storedPath(dataDir, sha256), { force: true })
      }
    }
  }
}
