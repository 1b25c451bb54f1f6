import { create } from 'zustand'

/** What a screen reader is told; drawn by `Announcer`. */
export const useAnnouncement = create<{ polite: string; assertive: string }>(() => ({ polite: '', assertive: '' }))

let later: Partial<Record<'polite' | 'assertive', ReturnType<typeof setTimeout>>> = {}

export function announce(text: string, urgency: 'polite' | 'assertive' = 'polite') {
  // The same sentence twice is two announcements: an empty one in between makes it be read again.
  useAnnouncement.setState({ [urgency]: '' })
  clearTimeout(later[urgency])
  later[urgency] = setTimeout(() => useAnnouncement.setState({ [urgency]: text }), 50)
}

/** Whoever comes next is not told what the one before was told: it may name a patient. */
export function hush() {
  for (const timer of Object.values(later)) clearTimeout(timer)
  later = {}
  useAnnouncement.setState({ polite: '', assertive: '' })
}
