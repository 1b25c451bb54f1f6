import { create } from 'zustand'

/** What a screen reader is told; drawn by `Announcer`. */
export const useAnnouncement = create<{ polite: string; assertive: string }>(() => ({ polite: '', assertive: '' }))

export function announce(text: string, urgency: 'polite' | 'assertive' = 'polite') {
  // The same sentence twice is two announcements: an empty one in between makes it be read again.
  useAnnouncement.setState({ [urgency]: '' })
  setTimeout(() => useAnnouncement.setState({ [urgency]: text }), 50)
}
