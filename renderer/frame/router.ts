import { useMemo } from 'react'
import { create } from 'zustand'
import { isWithin } from './where-to.ts'

/** The console's path in the address bar; the hub serves the same page for all of them. */
export const usePath = create<{ path: string }>(() => ({ path: location.pathname }))

export function navigate(path: string) {
  if (path === usePath.getState().path) return
  history.pushState(null, '', path)
  usePath.setState({ path })
}

export function listenToHistory(): () => void {
  const listen = () => usePath.setState({ path: location.pathname })
  window.addEventListener('popstate', listen)
  return () => window.removeEventListener('popstate', listen)
}

/** What follows a view's own path: of `/patients/<id>` it is the id. */
export function useSubPath(base: string): readonly string[] {
  const path = usePath((state) => state.path)
  return useMemo(() => {
    if (!isWithin(path, base)) return []
    return path
      .slice(base.length + 1)
      .split('/')
      .filter(Boolean)
  }, [path, base])
}
