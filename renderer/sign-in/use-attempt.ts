import { useEffect, useState } from 'react'
import { failureText } from '../live/perform.ts'
import { HubAway, isRefused } from '../live/refused.ts'
import { t } from '../ui/i18n.ts'

/** One try at a time; what went wrong in words, and how many seconds the hub wants to be left alone. */
export function useAttempt(run: () => Promise<void>) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [wait, setWait] = useState(0)
  useEffect(() => {
    if (wait <= 0) return
    const timer = setTimeout(() => setWait(wait - 1), 1000)
    return () => clearTimeout(timer)
  }, [wait])
  const attempt = async () => {
    if (busy || wait > 0) return
    setBusy(true)
    setProblem(null)
    try {
      await run()
    } catch (error) {
      if (isRefused(error, 'too_many')) setWait(error.data.seconds)
      else setProblem(error instanceof HubAway ? t('signIn.hubAway') : failureText(error))
    } finally {
      setBusy(false)
    }
  }
  return { run: attempt, busy, wait, problem: wait > 0 ? t('signIn.slowDown', { count: wait }) : problem }
}
