import { useEffect, useState } from 'react'
import type { Noun } from '../../contract/feed.ts'
import { useLive, useRecords } from './store.ts'
import { useRead } from './use-read.ts'

/**
 * Records that the snapshot of today lacks: read once, into the store, where the feed keeps them true; and read again
 * when a new snapshot, which holds today only, has taken the place of any that was `listed`. `read` must be stable.
 */
export function useListed<T>(
  noun: Noun,
  read: (signal: AbortSignal) => Promise<T>,
  listed: readonly { id: string }[],
): { data: T | undefined; loading: boolean; failed: string | null; again: () => void } {
  const records = useRecords(noun)
  const loading = useLive((state) => state.feed === null)
  const { data, failed, again } = useRead(read)
  const [known] = useState(() => new Set<string>())
  useEffect(() => {
    if (loading || [...known].every((id) => records[id])) return
    known.clear()
    again()
  }, [known, records, loading, again])
  useEffect(() => {
    for (const { id } of listed) known.add(id)
  }, [known, listed])
  return { data, loading, failed, again }
}
