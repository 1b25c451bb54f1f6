import { type BoardBeat, type BoardFrame, boardBeat, boardFrame } from '../../contract/board.ts'

/** A waiting-room screen without a page: what it was sent, and a way to wait for more. */
export type Screen = {
  frames: BoardFrame[]
  beats: BoardBeat[]
  /** All that came, as it came. */
  heard(): string
  until(wanted: (frame: BoardFrame) => boolean): Promise<BoardFrame>
  /** The hub has ended it. */
  ended: Promise<void>
  close(): void
}

/** Opens the feed of a screen; everything that comes has to fit its schema. */
export async function openScreen(url: string, query = ''): Promise<Screen> {
  const leaving = new AbortController()
  const response = await fetch(`${url}/board/events${query}`, { signal: leaving.signal })
  if (!response.ok || !response.body) throw new Error(`${response.status}: ${await response.text()}`)
  const frames: BoardFrame[] = []
  const beats: BoardBeat[] = []
  const waiting = new Set<() => void>()
  let all = ''
  const ended = read(response.body, (name, data) => {
    all += data
    if (name === 'board') frames.push(boardFrame.parse(JSON.parse(data)))
    else beats.push(boardBeat.parse(JSON.parse(data)))
    for (const look of waiting) look()
  })
  return {
    frames,
    beats,
    heard: () => all,
    until: (wanted) =>
      new Promise((resolve) => {
        const look = () => {
          const frame = frames.at(-1)
          if (!frame || !wanted(frame)) return
          waiting.delete(look)
          resolve(frame)
        }
        waiting.add(look)
        look()
      }),
    ended,
    close: () => leaving.abort(),
  }
}

async function read(body: ReadableStream<Uint8Array>, heard: (name: string, data: string) => void): Promise<void> {
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for await (const bytes of body) {
      const parts = (rest + decoder.decode(bytes, { stream: true })).split('\n\n')
      rest = parts.pop() ?? ''
      for (const part of parts) {
        const [, name = '', data = ''] = /^event: (\w+)\ndata: (.*)$/.exec(part) ?? []
        heard(name, data)
      }
    }
  } catch (error) {
    // Left, or cut off: both are an end.
    if (!(error instanceof Error)) throw error
  }
}
