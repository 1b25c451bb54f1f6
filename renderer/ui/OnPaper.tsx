import { type ReactNode, useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { failureText } from '../live/perform.ts'
import { HubAway, Refused } from '../live/refused.ts'
import { printNow } from './print-now.ts'
import { toast } from './toasts.ts'
import './print.css'

type Props = {
  /** Brings what the paper shows and the page may not hold yet. */
  load: () => Promise<unknown>
  onDone: () => void
  children: ReactNode
}

/** A list on paper: drawn when all that is on it is there, printed, and gone. */
export function OnPaper({ load, onDone, children }: Props) {
  const [ready, setReady] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was there when it was asked for
  useEffect(() => {
    load().then(
      () => setReady(true),
      (error: unknown) => {
        onDone()
        if (!(error instanceof Refused || error instanceof HubAway)) throw error
        toast({ tone: 'problem', text: failureText(error) })
      },
    )
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is drawn
  useEffect(() => {
    if (!ready) return
    window.addEventListener('afterprint', onDone, { once: true })
    printNow('page')
    return () => window.removeEventListener('afterprint', onDone)
  }, [ready])
  if (!ready) return null
  const paper = (
    <section className="anteroom-print" data-paper="page">
      {children}
    </section>
  )
  return createPortal(paper, document.body)
}
