import { useCallback, useEffect, useState } from 'react'
import { useConnection } from './connection.ts'
import { failureText } from './perform.ts'

type Answer<T> = { data: T | undefined; failed: string | null; again: () => void }

/**
 * Asks the hub for what is not in the store (history, free slots). `read` must be stable; it is asked anew when it, or
 * `mark`, changes. The last answer stays until the next one of the same question comes.
 */
export function useRead<T>(read: (signal: AbortSignal) => Promise<T>, mark: unknown = null): Answer<T> {
  const [state, setState] = useState<{ read: unknown; data: T | undefined; failed: string | null }>()
  const [round, setRound] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `mark` and `round` only say that it is time to ask again
  useEffect(() => {
    const cancel = new AbortController()
    read(cancel.signal).then(
      (data) => !cancel.signal.aborted && setState({ read, data, failed: null }),
      (error: unknown) => !cancel.signal.aborted && setState({ read, data: undefined, failed: failureText(error) }),
    )
    return () => cancel.abort()
  }, [read, mark, round])
  const again = useCallback(() => setRound((count) => count + 1), [])
  const mine = state?.read === read ? state : undefined
  // What failed while the hub was away is asked again when it is back: nobody has to press for it.
  const live = useConnection((connection) => connection.state === 'live')
  const failed = mine?.failed != null
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when the hub is back, not for every failure
  useEffect(() => {
    if (live && failed) again()
  }, [live])
  return { data: mine?.data, failed: mine?.failed ?? null, again }
}
