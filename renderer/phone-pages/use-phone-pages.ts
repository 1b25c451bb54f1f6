import { useCallback, useEffect, useState } from 'react'
import type { PhonePages } from '../../contract/phone-pages.ts'
import { api } from '../live/api.ts'
import { useRead } from '../live/use-read.ts'

/** While a test waits for a phone, and otherwise: cards come and go and no event tells of it. */
const TESTING_MS = 1000
const LOOK_MS = 5000

/** Whether phones reach the hub, and the test that is under way, as it goes. */
export function usePhonePages(clinicId: string) {
  const [round, setRound] = useState(0)
  const [took, setTook] = useState<{ pages: PhonePages; round: number }>()
  const read = useCallback(
    (signal: AbortSignal) => api.phonePages.get({ params: { id: clinicId } }, { signal }),
    [clinicId],
  )
  const { data, failed, again } = useRead(read, round)
  const pages = took && took.round === round ? took.pages : data
  const testing = pages?.test != null && pages.test.openedAt === null
  useEffect(() => {
    const timer = setInterval(() => setRound((count) => count + 1), testing ? TESTING_MS : LOOK_MS)
    return () => clearInterval(timer)
  }, [testing])
  // An answer to what was just done is newer than what was read before it.
  const take = useCallback((next: PhonePages) => setTook({ pages: next, round }), [round])
  return { pages, failed, again, take }
}
