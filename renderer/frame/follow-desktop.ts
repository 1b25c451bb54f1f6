import { desktop } from '../live/desktop.ts'
import { lock } from '../live/session.ts'
import { wakeFeed } from './use-live-feed.ts'

/** In the desktop app the screen locks with the system's own, and a computer that wakes looks for its hub at once. */
export function followDesktop() {
  desktop()?.on('lock', lock)
  desktop()?.on('wake', wakeFeed)
}
