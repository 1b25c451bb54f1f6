import type { BoardBeat, BoardFrame } from '../../contract/board.ts'

type Hears = {
  frame: (frame: BoardFrame) => void
  beat: (beat: BoardBeat) => void
  /** The connection is gone; it comes back by itself. */
  lost: () => void
}

const FIRST_WAIT_MS = 300
const LONGEST_WAIT_MS = 5_000
/** Three signs of life that did not come: the connection leads nowhere. */
const SILENCE_MS = 16_000

/** Follows the hub for as long as it takes: after a restart, a pulled cable, a night without power. */
export function follow(query: string, hears: Hears): void {
  let tries = 0
  let silence: ReturnType<typeof setTimeout> | undefined
  connect()

  function connect(): void {
    const source = new EventSource(`/board/events${query}`)
    let over = false
    const again = () => {
      if (over) return
      over = true
      source.close()
      clearTimeout(silence)
      hears.lost()
      // Not all screens at the same moment.
      const wait = Math.min(FIRST_WAIT_MS * 2 ** tries, LONGEST_WAIT_MS) * (0.75 + Math.random() / 2)
      tries += 1
      setTimeout(connect, wait)
    }
    const heard = <Word>(act: (word: Word) => void) => {
      return ({ data }: MessageEvent<string>) => {
        tries = 0
        listen()
        act(JSON.parse(data) as Word)
      }
    }
    const listen = () => {
      clearTimeout(silence)
      silence = setTimeout(again, SILENCE_MS)
    }
    listen()
    source.addEventListener('board', heard(hears.frame))
    source.addEventListener('beat', heard(hears.beat))
    source.addEventListener('error', again)
  }
}
