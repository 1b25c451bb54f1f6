import type { Part } from './sentence.ts'

/** The screen's voice: clips that the hub ships, one announcement at a time. */
export type Sound = {
  /** Browsers want a press first, unless they were started with leave to play. */
  readonly allowed: boolean
  /** To be called from a press. */
  allow(): void
  /** Fetches what will be said soon. */
  prepare(parts: readonly Part[]): void
  /** A chime, and the sentence twice. Resolves when it has been heard, or can't be. */
  announce(parts: readonly Part[]): Promise<void>
}

const CHIME = 'chime'
const BETWEEN = 0.09
const AFTER_CHIME = 0.2
const BEFORE_AGAIN = 0.8
/** A clip that has not come by then is left out. */
const PATIENCE_MS = 3_000

export function createSound(changed: () => void): Sound {
  const audio = new AudioContext()
  const clips = new Map<string, Promise<AudioBuffer | undefined>>()
  audio.addEventListener('statechange', changed)

  return {
    get allowed() {
      return audio.state === 'running'
    },
    allow: () => void audio.resume(),
    prepare: (parts) => {
      for (const part of [CHIME, ...parts]) if (typeof part === 'string') void clip(part)
    },
    announce: async (parts) => {
      if (audio.state !== 'running') return
      const said: Part[] = [CHIME, AFTER_CHIME, ...parts, BEFORE_AGAIN, ...parts]
      await play(await Promise.all(said.map((part) => (typeof part === 'string' ? inTime(clip(part)) : part))))
    },
  }

  function clip(name: string): Promise<AudioBuffer | undefined> {
    const known = clips.get(name)
    if (known) return known
    const loading = load(name)
    clips.set(name, loading)
    // Tried again the next time: the hub may have been away.
    void loading.then((buffer) => buffer ?? clips.delete(name))
    return loading
  }

  async function load(name: string): Promise<AudioBuffer | undefined> {
    try {
      const response = await fetch(`/board/speech/${name}.opus`)
      return response.ok ? await audio.decodeAudioData(await response.arrayBuffer()) : undefined
    } catch (error) {
      // Away, or cut off in the middle: silence is all that comes of it.
      if (error instanceof TypeError || error instanceof DOMException) return undefined
      throw error
    }
  }

  /** Puts the clips one behind the other on the audio clock, and waits for the last. */
  function play(parts: readonly (AudioBuffer | number | undefined)[]): Promise<void> {
    let at = audio.currentTime + 0.05
    let last: AudioBufferSourceNode | undefined
    for (const part of parts) {
      if (typeof part === 'number') at += part
      if (!(part instanceof AudioBuffer)) continue
      last = new AudioBufferSourceNode(audio, { buffer: part })
      last.connect(audio.destination)
      last.start(at)
      at += part.duration + BETWEEN
    }
    const ending = last
    if (!ending) return Promise.resolve()
    return new Promise((resolve) => {
      ending.addEventListener('ended', () => resolve(), { once: true })
      // A television that was sent to sleep meanwhile never ends what it played.
      setTimeout(resolve, (at - audio.currentTime) * 1000 + PATIENCE_MS)
    })
  }
}

function inTime<T>(loading: Promise<T>): Promise<T | undefined> {
  return Promise.race([loading, new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MS))])
}
