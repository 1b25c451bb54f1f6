import { useEffect } from 'react'
import { entryOf } from '../doctors/own-entry.ts'
import { chooseFirstClinic, useClinicChoice, useToday } from '../live/clinic.ts'
import type { Feed } from '../live/feed.ts'
import { follow } from '../live/follow.ts'
import { failureText } from '../live/perform.ts'
import { useSession } from '../live/session.ts'
import { emptyState, useLive, useRecords } from '../live/store.ts'
import { toast } from '../ui/toasts.ts'
import { followQueue } from '../visits/follow-queue.ts'

let feed: Feed | undefined
let clinicOfStore: string | null = null

/** While somebody is signed in, also while the screen is locked: the clinic's feed into the store, and the queue's order. */
export function useLiveFeed() {
  const user = useSession((session) => session.user)
  const clinicId = useClinicChoice((choice) => choice.clinicId)
  const userId = user?.id
  const doctorId = user?.doctorId ?? null
  // biome-ignore lint/correctness/useExhaustiveDependencies: another person, not another token of the same one
  useEffect(() => {
    if (!user) return useClinicChoice.setState({ clinicId: null, clinics: [] })
    chooseFirstClinic(user).catch((error: unknown) => toast({ tone: 'problem', text: failureText(error) }))
  }, [userId])
  useEffect(() => {
    if (!userId || !clinicId) return
    if (clinicOfStore !== clinicId) useLive.setState(emptyState)
    clinicOfStore = clinicId
    const mine = follow(clinicId, doctorId)
    feed = mine
    mine.start()
    const stopQueue = followQueue()
    return () => {
      mine.stop()
      stopQueue()
    }
  }, [userId, clinicId, doctorId])
  useNewDay()
  useOwnEntry()
}

/** Asks for the hub at once, where a lost connection would wait for its next turn. */
export function wakeFeed() {
  feed?.start()
}

/** Who is linked to a doctor's entry while they are signed in has its queue at once. */
function useOwnEntry() {
  const doctors = useRecords('doctors')
  const user = useSession((session) => session.user)
  useEffect(() => {
    if (!user) return
    const doctorId = entryOf(user.id, user.doctorId, doctors)
    if (doctorId !== user.doctorId) useSession.setState({ user: { ...user, doctorId } })
  }, [user, doctors])
}

/** Q2: at the turnover the page shows another day, which it has nothing of yet. */
function useNewDay() {
  const today = useToday()
  useEffect(() => {
    const { feed: known } = useLive.getState()
    if (today && known !== null && lastDay && lastDay !== today) feed?.refresh()
    lastDay = today || lastDay
  }, [today])
}

let lastDay = ''
