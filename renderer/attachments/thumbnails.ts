import { useEffect } from 'react'
import { create } from 'zustand'
import type { Attachment } from '../../contract/attachments.ts'
import { HubAway, Refused } from '../live/refused.ts'
import { useSession } from '../live/session.ts'
import { drawPicture } from './draw-picture.ts'
import { fetchFile } from './transfer.ts'

const THUMB_PX = 160

/** Small pictures that were drawn in this window, by the file's hash. */
const useDrawn = create<Record<string, string | null>>(() => ({}))

useSession.subscribe((session, before) => {
  if (session.user?.id !== before.user?.id) useDrawn.setState({}, true)
})

/** Drawn once; `undefined` while there is none, and for what is no picture. */
export function useThumbnail(file: Attachment): string | undefined {
  const drawn = useDrawn((all) => all[file.sha256])
  const wanted = file.type !== 'pdf' && drawn === undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: a file is its hash, whatever its record says of it
  useEffect(() => {
    if (!wanted) return
    const cancel = new AbortController()
    fetchFile(file, cancel.signal)
      .then((blob) => drawPicture(blob, THUMB_PX))
      .then(
        (picture) => useDrawn.setState({ [file.sha256]: picture }),
        (error: unknown) => {
          // Nobody looks any more; or it stays a sign for a picture, and opening it says what is wrong.
          if (cancel.signal.aborted) return
          if (!(error instanceof Refused || error instanceof HubAway)) throw error
        },
      )
    return () => cancel.abort()
  }, [file.sha256, wanted])
  return drawn ?? undefined
}
