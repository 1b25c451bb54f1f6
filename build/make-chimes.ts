// Makes the chimes in resources/chimes, which are ours like the rest: `node build/make-chimes.ts`.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Samples a second: a chime has nothing above 10 kHz. */
const RATE = 22_050
/** Of full scale. */
const LOUDNESS = 0.32

type Note = { at: number; hertz: number; seconds: number }

/** What a bar of wood sounds like: the note, and two fainter ones above it that fade sooner. */
const PARTIALS = [
  { ratio: 1, share: 1, fade: 5 },
  { ratio: 3.01, share: 0.22, fade: 11 },
  { ratio: 5.4, share: 0.07, fade: 20 },
] as const

const C5 = 523.25
const D5 = 587.33
const E5 = 659.26
const G5 = 783.99
const A5 = 880
const C6 = 1046.5

const chimes: Readonly<Record<string, readonly Note[]>> = {
  /** Somebody has come: two steps up. */
  patient: [
    { at: 0, hertz: E5, seconds: 0.5 },
    { at: 0.14, hertz: A5, seconds: 0.7 },
  ],
  /** Somebody comes to pay: three quick ones. */
  payment: [
    { at: 0, hertz: G5, seconds: 0.3 },
    { at: 0.09, hertz: G5, seconds: 0.3 },
    { at: 0.22, hertz: C6, seconds: 0.7 },
  ],
  /** Something in the days to come has changed: one low, one lower. */
  hours: [
    { at: 0, hertz: D5, seconds: 0.5 },
    { at: 0.16, hertz: C5, seconds: 0.7 },
  ],
}

for (const [name, notes] of Object.entries(chimes))
  writeFileSync(join(import.meta.dirname, '../resources/chimes', `${name}.wav`), wav(play(notes)))

function play(notes: readonly Note[]): Float64Array {
  const seconds = Math.max(...notes.map((note) => note.at + note.seconds))
  const samples = new Float64Array(Math.ceil(seconds * RATE))
  for (const note of notes) add(samples, note)
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  return samples.map((sample) => (sample / peak) * LOUDNESS)
}

function add(samples: Float64Array, { at, hertz, seconds }: Note): void {
  const first = Math.round(at * RATE)
  const count = Math.min(Math.round(seconds * RATE), samples.length - first)
  for (let index = 0; index < count; index += 1) {
    const time = index / RATE
    // Neither the stroke nor the end clicks.
    const edge = Math.min(1, time / 0.004, (count - index) / (0.03 * RATE))
    for (const { ratio, share, fade } of PARTIALS)
      samples[first + index] =
        (samples[first + index] ?? 0) +
        edge * share * Math.exp(-fade * time) * Math.sin(2 * Math.PI * hertz * ratio * time)
  }
}

/** 16 bits, one channel. */
function wav(samples: Float64Array): Buffer {
  const file = Buffer.alloc(44 + samples.length * 2)
  file.write('RIFF', 0)
  file.writeUInt32LE(file.length - 8, 4)
  file.write('WAVEfmt ', 8)
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(1, 22)
  file.writeUInt32LE(RATE, 24)
  file.writeUInt32LE(RATE * 2, 28)
  file.writeUInt16LE(2, 32)
  file.writeUInt16LE(16, 34)
  file.write('data', 36)
  file.writeUInt32LE(samples.length * 2, 40)
  samples.forEach((sample, index) => {
    file.writeInt16LE(Math.round(sample * 32_767), 44 + index * 2)
  })
  return file
}
