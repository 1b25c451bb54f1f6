import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './StationPage.module.css'

const LOOK_MS = 250

/** Looks through this computer's camera until it sees a code. */
export function CameraReader({ onText }: { onText: (text: string) => void }) {
  const { t } = useTranslation()
  const video = useRef<HTMLVideoElement>(null)
  const [refused, setRefused] = useState(false)
  const seen = useRef(onText)
  seen.current = onText
  useEffect(() => {
    const { current } = video
    if (!current) return
    const gone = new AbortController()
    watch(current, gone.signal).then(
      (text) => text !== undefined && seen.current(text),
      () => !gone.signal.aborted && setRefused(true),
    )
    return () => gone.abort()
  }, [])
  if (refused) return <p role="alert">{t('typedHub.problem.noCamera')}</p>
  return <video ref={video} className={styles.camera} muted playsInline aria-label={t('typedHub.cameraLabel')} />
}

async function watch(video: HTMLVideoElement, gone: AbortSignal): Promise<string | undefined> {
  const [{ readFrame }, stream] = await Promise.all([
    import('./read-qr.ts'),
    navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }),
  ])
  try {
    video.srcObject = stream
    if (!gone.aborted) await video.play()
    while (!gone.aborted) {
      const text = readFrame(video)
      if (text !== undefined) return text
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    }
    return undefined
  } finally {
    for (const track of stream.getTracks()) track.stop()
  }
}
