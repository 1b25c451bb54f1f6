import { create } from 'zustand'

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
