// Two falling tones, made here: nothing to load, and no source that the page's CSP would have to allow.
const TONES = [
  { at: 0, hertz: 880 },
  { at: 0.22, hertz: 660 },
] as const
const LENGTH = 0.35
const LOUDNESS = 0.18

let audio: AudioContext | undefined

export function chime() {
  audio ??= new AudioContext()
  const { currentTime } = audio
  for (const tone of TONES) {
    const source = new OscillatorNode(audio, { frequency: tone.hertz })
    const volume = new GainNode(audio, { gain: 0 })
    const from = currentTime + tone.at
    volume.gain.setValueAtTime(0, from)
    volume.gain.linearRampToValueAtTime(LOUDNESS, from + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.001, from + LENGTH)
    source.connect(volume).connect(audio.destination)
    source.start(from)
    source.stop(from + LENGTH)
  }
}
