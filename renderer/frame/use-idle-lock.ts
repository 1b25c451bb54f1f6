import { useEffect } from 'react'
import { useClinic } from '../live/clinic.ts'
import { lock, useSession } from '../live/session.ts'

const SIGNS_OF_LIFE = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const
const MINUTE = 60_000
const LOOK_EVERY_MS = 5000
const DEFAULT_MINUTES = 10

/** A shared screen that nobody touches hides itself. */
export function useIdleLock() {
  const signedIn = useSession((session) => session.phase === 'signed_in')
  const minutes = useClinic()?.settings.lockMinutes ?? DEFAULT_MINUTES
  useEffect(() => {
    if (!signedIn) return
    let touchedAt = Date.now()
    const touched = () => {
      touchedAt = Date.now()
    }
    for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, touched, { passive: true, capture: true })
    const timer = setInterval(() => Date.now() - touchedAt > minutes * MINUTE && lock(), LOOK_EVERY_MS)
    return () => {
      for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, touched, { capture: true })
      clearInterval(timer)
    }
  }, [signedIn, minutes])
}
