import type { NotificationKind } from '../../contract/notifications.ts'
import hours from '../../resources/chimes/hours.wav'
import patient from '../../resources/chimes/patient.wav'
import payment from '../../resources/chimes/payment.wav'

const FILES: Readonly<Record<NotificationKind, string>> = {
  appointment_created: hours,
  appointment_moved: hours,
  appointment_cancelled: hours,
  appointments_rebooked: hours,
  check_in: patient,
  transfer: patient,
  schedule_changed: hours,
  leave_entered: hours,
  leave_withdrawn: hours,
  payment_due: payment,
  doctor_left: hours,
}

let audio: AudioContext | undefined
const known = new Map<string, Promise<AudioBuffer>>()

/** Plays the chime of a kind. Without the file, when the hub is away, there is none: what was told of is at the bell. */
export async function playChime(kind: NotificationKind): Promise<void> {
  audio ??= new AudioContext()
  const file = FILES[kind]
  const loading = known.get(file) ?? load(audio, file)
  known.set(file, loading)
  const buffer = await loading.catch(() => {
    known.delete(file)
    return undefined
  })
  if (!buffer || !(await mayBeHeard(audio))) return
  const source = new AudioBufferSourceNode(audio, { buffer })
  source.connect(audio.destination)
  source.start()
}

/**
 * A page that was loaded anew may make no sound before somebody has pressed something on it. What was told meanwhile is
 * not rung all at once afterwards.
 */
async function mayBeHeard(context: AudioContext): Promise<boolean> {
  await Promise.race([context.resume(), new Promise((resolve) => setTimeout(resolve, ALLOWED_WITHIN_MS))])
  return context.state === 'running'
}

const ALLOWED_WITHIN_MS = 500

async function load(context: AudioContext, file: string): Promise<AudioBuffer> {
  const answer = await fetch(file)
  return context.decodeAudioData(await answer.arrayBuffer())
}

/** Two windows of a person on one computer ring once: the one that holds the lock, until the other has asked. */
export async function ringOnce(id: string, kind: NotificationKind): Promise<void> {
  await navigator.locks.request(`anteroom.chime.${id}`, { ifAvailable: true }, async (lock) => {
    if (!lock) return
    await playChime(kind)
    await new Promise((resolve) => setTimeout(resolve, HELD_MS))
  })
}

const HELD_MS = 3000
