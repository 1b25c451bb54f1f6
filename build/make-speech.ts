import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SPEECH_LANGUAGES, SPOKEN_LETTERS, SPOKEN_NUMBERS, type SpeechLanguage } from '../contract/speech.ts'

// Speaks the clips of the waiting-room screen (S4) with eSpeak NG and packs them as Opus; makes the chime too. What it
// writes is committed. It wants Debian's espeak-ng and opus-tools: node build/make-speech.ts

const INTO = join(import.meta.dirname, '../resources/speech')
const RATE = 22_050
/** What is softer at the ends of a clip is silence, of 32,767. */
const SILENCE = 250
/** Kept on both sides, in samples. */
const MARGIN = Math.round(RATE * 0.02)
const PEAK = 27_000

/** Letters are Latin on every ticket, so they have their English names everywhere: P and B stay apart in Arabic too. */
const LETTER_VOICE = 'en-gb'
const LETTER_NAMES: Readonly<Record<string, string>> = {
  ...{ a: 'ay', b: 'bee', c: 'see', d: 'dee', e: 'ee', f: 'ef', g: 'jee', h: 'aitch', i: 'eye', j: 'jay', k: 'kay' },
  ...{ l: 'ell', m: 'em', n: 'en', o: 'oh', p: 'pee', q: 'cue', r: 'are', s: 'ess', t: 'tea', u: 'you', v: 'vee' },
  ...{ w: 'double you', x: 'ex', y: 'why', z: 'zed' },
}

type Words = { voice: string; ticket: string; room: string; look: string }

const WORDS: Readonly<Record<SpeechLanguage, Words>> = {
  en: { voice: 'en-gb', ticket: 'Ticket', room: 'Room', look: 'Please look at the screen' },
  bn: { voice: 'bn', ticket: 'টিকেট নম্বর', room: 'রুম নম্বর', look: 'অনুগ্রহ করে পর্দার দিকে তাকান' },
  ar: { voice: 'ar', ticket: 'تَذْكِرة رَقْم', room: 'غُرفة رَقْم', look: 'يُرْجَى النَّظَر إِلَى الشَّاشة' },
}

function main(): void {
  const work = mkdtempSync(join(tmpdir(), 'anteroom-speech-'))
  try {
    for (const language of SPEECH_LANGUAGES) {
      const { voice, ...words } = WORDS[language]
      const folder = folderFor(language)
      for (const [name, text] of Object.entries(words)) pack(work, speak(work, voice, text), join(folder, name))
      for (const number of SPOKEN_NUMBERS) pack(work, speak(work, voice, number), join(folder, number))
    }
    const letters = folderFor('letters')
    for (const letter of SPOKEN_LETTERS)
      pack(work, speak(work, LETTER_VOICE, LETTER_NAMES[letter] ?? letter), join(letters, letter))
    pack(work, chime(), join(INTO, 'chime'))
  } finally {
    rmSync(work, { recursive: true })
  }
  const files = readdirSync(INTO, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.opus'))
  const bytes = files.reduce((sum, name) => sum + statSync(join(INTO, name)).size, 0)
  console.log(`${files.length} clips, ${Math.round(bytes / 1024)} kB`)
}

function folderFor(name: string): string {
  const folder = join(INTO, name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return folder
}

/** Somewhat slower than people talk: it is heard across a room. */
function speak(work: string, voice: string, text: string): Int16Array {
  const file = join(work, 'spoken.wav')
  run('espeak-ng', ['-v', voice, '-s', '135', '-p', '45', '-a', '100', '-w', file, text])
  return loudEnough(trimmed(samplesOf(readFileSync(file))))
}

/** The samples of a mono WAV of 16 bits at our rate, which is what eSpeak NG writes. */
function samplesOf(wav: Buffer): Int16Array {
  if (wav.readUInt32LE(24) !== RATE || wav.readUInt16LE(22) !== 1) throw new Error('Not the sound that was expected.')
  const from = wav.indexOf('data') + 8
  return Int16Array.from({ length: (wav.length - from) >> 1 }, (_, index) => wav.readInt16LE(from + 2 * index))
}

function trimmed(samples: Int16Array): Int16Array {
  const heard = (sample: number) => Math.abs(sample) > SILENCE
  const from = samples.findIndex(heard)
  const to = samples.findLastIndex(heard)
  if (from < 0) throw new Error('Nothing was said.')
  return samples.slice(Math.max(0, from - MARGIN), to + MARGIN)
}

function loudEnough(samples: Int16Array): Int16Array {
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  return samples.map((sample) => Math.round((sample * PEAK) / peak))
}

/** Two soft bells, the second lower. */
function chime(): Int16Array {
  const bells = [
    { at: 0, hertz: 659.26 },
    { at: 0.42, hertz: 523.25 },
  ]
  const sound = Float64Array.from({ length: Math.round(RATE * 1.7) }, (_, index) =>
    bells.reduce((sum, { at, hertz }) => sum + bell(index / RATE - at, hertz), 0),
  )
  return loudEnough(Int16Array.from(sound, (value) => Math.round(value * 10_000)))
}

function bell(seconds: number, hertz: number): number {
  if (seconds < 0) return 0
  const partial = (times: number, fade: number) =>
    Math.sin(2 * Math.PI * hertz * times * seconds) * Math.exp(-fade * seconds)
  const attack = Math.min(1, seconds / 0.008)
  return attack * (partial(1, 3.2) + 0.35 * partial(2, 5) + 0.12 * partial(3.01, 8))
}

function pack(work: string, samples: Int16Array, path: string): void {
  const file = join(work, 'clip.wav')
  writeFileSync(file, wav(samples))
  const options = ['--quiet', '--bitrate', '28', '--padding', '0', '--discard-comments', '--serial', '1']
  run('opusenc', [...options, file, `${path}.opus`])
}

function wav(samples: Int16Array): Buffer {
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + samples.byteLength, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(RATE, 24)
  head.writeUInt32LE(RATE * 2, 28)
  head.writeUInt16LE(2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36)
  head.writeUInt32LE(samples.byteLength, 40)
  return Buffer.concat([head, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)])
}

function run(command: string, args: string[]): void {
  const { status, error, stderr } = spawnSync(command, args)
  if (error || status !== 0) throw new Error(`${command} did not work: ${error?.message ?? stderr}`)
}

main()
