import type { RoutedEvent } from '../db/outbox.ts'

type Hear = (events: RoutedEvent[]) => void

/** After a commit: each hears of it, in this order, and one that throws keeps none of the others from hearing. */
export function tellEach(hearers: readonly (Hear | undefined)[], events: RoutedEvent[], bug: (error: unknown) => void) {
  for (const hear of hearers) {
    try {
      hear?.(events)
    } catch (error) {
      bug(error)
    }
  }
}
