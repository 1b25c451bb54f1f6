import { useCallback, useEffect, useState } from 'react'
import type { Notification } from '../../contract/notifications.ts'
import { api } from '../live/api.ts'
import { failureText } from '../live/perform.ts'
import { adopt } from '../live/store.ts'

type Earlier = { items: readonly Notification[]; cursor: string | null; loading: boolean; failed: string | null }

const PAGE = 30

/** The pages of what I was told, newest first; the first one when the panel opens, the others when they are asked for. */
export function useEarlier() {
  const [state, setState] = useState<Earlier>({ items: [], cursor: null, loading: true, failed: null })
  const load = useCallback(async (cursor: string | null) => {
    try {
      const page = await api.notifications.list({ query: { limit: PAGE, ...(cursor ? { cursor } : {}) } })
      adopt({ patients: page.patients })
      setState((before) => ({
        items: cursor ? [...before.items, ...page.items] : page.items,
        cursor: page.cursor,
        loading: false,
        failed: null,
      }))
    } catch (error) {
      setState((before) => ({ ...before, loading: false, failed: failureText(error) }))
    }
  }, [])
  useEffect(() => void load(null), [load])
  const { items, cursor, loading, failed } = state
  return { items, loading, failed, hasMore: cursor !== null, more: () => load(cursor) }
}
