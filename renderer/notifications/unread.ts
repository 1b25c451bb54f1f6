import { useMemo } from 'react'
import type { Notification } from '../../contract/notifications.ts'
import { useRecords } from '../live/store.ts'

const newestFirst = (a: Notification, b: Notification) => (a.id < b.id ? 1 : -1)

/** Newest first. Counted from the store, so that every window of a person says the same. */
export function useUnread(): readonly Notification[] {
  const notifications = useRecords('notifications')
  return useMemo(
    () =>
      Object.values(notifications)
        .filter((one) => one.readAt === null)
        .sort(newestFirst),
    [notifications],
  )
}

/** What has been read: of this page's store, and the pages that were fetched besides. Newest first. */
export function useRead(fetched: readonly Notification[]): readonly Notification[] {
  const notifications = useRecords('notifications')
  return useMemo(() => {
    const known = new Map(fetched.map((one) => [one.id, one]))
    for (const one of Object.values(notifications)) known.set(one.id, one)
    return [...known.values()].filter((one) => one.readAt !== null).sort(newestFirst)
  }, [notifications, fetched])
}
