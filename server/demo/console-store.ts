import type { Changes, FeedEvent, Frame, Noun, Nouns } from '../../contract/feed.ts'

/** What a console holds of a clinic: every noun by its id, in the newest version it was told of. */
export type Store = {
  get<N extends Noun>(noun: N, id: string): Nouns[N] | undefined
  all<N extends Noun>(noun: N): Nouns[N][]
  apply(changes: Changes): void
  clear(): void
}

type Tables = { [N in Noun]?: Map<string, Nouns[N]> }

/** An empty store. A record replaces one that is older, never one that is newer (design 4). */
export function createStore(): Store {
  let tables: Tables = {}
  const put = <N extends Noun>(noun: N, records: readonly Nouns[N][]) => {
    const table: Map<string, Nouns[N]> = tables[noun] ?? new Map<string, Nouns[N]>()
    for (const record of records) {
      const known = table.get(record.id)
      if (known === undefined || record.version > known.version) table.set(record.id, record)
    }
    Object.assign(tables, { [noun]: table })
  }
  return {
    get: (noun, id) => tables[noun]?.get(id),
    all: (noun) => [...(tables[noun]?.values() ?? [])],
    apply: (changes) => {
      for (const [noun, records] of Object.entries(changes)) if (records) put(noun as Noun, records as never)
    },
    clear: () => {
      tables = {}
    },
  }
}

/** Where a console stands on the feed. */
export type Place = { feed: string; seq: number }

/** What a frame is to one who stands at a place: the next, an old one, or proof that something is missing. */
export function judgeFrame(place: Place, frame: Frame): 'apply' | 'known' | 'gap' | 'other_feed' {
  if (frame.feed !== place.feed) return 'other_feed'
  if (frame.upTo <= place.seq) return 'known'
  return frame.after <= place.seq ? 'apply' : 'gap'
}

/** The events of a frame that one who stands at a place has not had yet. */
export function newEvents(place: Place, frame: Frame): FeedEvent[] {
  return frame.events.filter((event) => event.seq > place.seq)
}
