import type { Page } from 'playwright-core'

// What a page really plays: its own audio graph is left as it is, and listened to beside it.

/** One clip that was started on the page's audio context. */
export type Played = {
  /** Tells clips apart: length and loudness of what is in them. */
  print: string
  /** Its beginning on the audio clock, and when it had ended. */
  at: number
  endedAt: number | null
  /** The loudest that was measured while it played, of 1. */
  loudest: number
}

declare global {
  interface Window {
    anteroomPlayed: Played[]
    anteroomPrint: (buffer: AudioBuffer) => string
  }
}

/** Before the page's own scripts: notes every clip that is started, and measures what comes out. */
export async function listenToPage(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.anteroomPlayed = []
    window.anteroomPrint = (buffer) => {
      const samples = buffer.getChannelData(0)
      let energy = 0
      for (const sample of samples) energy += sample * sample
      return `${samples.length} ${energy.toFixed(3)}`
    }
    const meters = new WeakMap<BaseAudioContext, AnalyserNode>()
    const meterOf = (context: BaseAudioContext) => {
      const known = meters.get(context)
      if (known) return known
      const meter = new AnalyserNode(context, { fftSize: 2048 })
      meters.set(context, meter)
      const samples = new Float32Array(meter.fftSize)
      setInterval(() => {
        meter.getFloatTimeDomainData(samples)
        const level = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
        for (const each of window.anteroomPlayed)
          if (each.endedAt === null && each.at <= context.currentTime) each.loudest = Math.max(each.loudest, level)
      }, 15)
      return meter
    }
    const { start } = AudioBufferSourceNode.prototype
    AudioBufferSourceNode.prototype.start = function (this: AudioBufferSourceNode, when = 0) {
      const { buffer, context } = this
      if (buffer) {
        const played: Played = { print: window.anteroomPrint(buffer), at: when, endedAt: null, loudest: 0 }
        window.anteroomPlayed.push(played)
        this.connect(meterOf(context))
        this.addEventListener('ended', () => {
          played.endedAt = context.currentTime
        })
      }
      return start.call(this, when)
    }
  })
}

/** The shipped clips by their print, as this browser decodes them. */
export async function printsOf(page: Page, names: readonly string[]): Promise<Map<string, string>> {
  const prints = await page.evaluate(async (wanted) => {
    const audio = new AudioContext()
    const { sampleRate } = audio
    await audio.close()
    const decoder = new OfflineAudioContext(1, 1, sampleRate)
    return Promise.all(
      wanted.map(async (name) => {
        const file = await (await fetch(`/board/speech/${name}.opus`)).arrayBuffer()
        return [window.anteroomPrint(await decoder.decodeAudioData(file)), name] as const
      }),
    )
  }, names)
  return new Map(prints)
}

/** What was played to its end, loud enough to be heard. */
export async function heardOn(page: Page, prints: ReadonlyMap<string, string>): Promise<string[]> {
  const played = await page.evaluate(() => window.anteroomPlayed)
  return played
    .filter(({ endedAt, loudest }) => endedAt !== null && loudest > 0.05)
    .map(({ print }) => prints.get(print) ?? `unknown ${print}`)
}
