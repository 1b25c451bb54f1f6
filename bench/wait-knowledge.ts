import { lengthsOf } from '../rules/consultation-lengths.ts'
import { paceOf } from '../rules/consultation-pace.ts'
import { MINUTE_MS } from '../rules/instants.ts'
import { dutyOf } from '../rules/on-duty.ts'
import type { WaitDoctor, WaitQuestion } from '../rules/wait-question.ts'
import { MINUTES, SESSIONS, settings } from './wait-clinic.ts'
import { type Desk, type Here, type Memory, rowOf, type Scene } from './wait-day.ts'

/** What a hub would know at this moment. */
export function questionOf(scene: Scene): WaitQuestion {
  const here = [...scene.here.values()]
  const { memory, nowMs } = scene
  return {
    nowMs,
    settings,
    doctors: scene.desks.flatMap((desk) => doctorOf(scene, desk) ?? []),
    waiting: here.flatMap(({ visit }) => (visit.status === 'waiting' ? [visit] : [])),
    hadMs: new Map(here.map(({ visit, hadMs }) => [visit.id, hadMs])),
    toCome: [...scene.toCome.values()],
    onHold: here.flatMap(({ visit, heldMs, hadMs }) =>
      visit.status === 'on_hold' ? [{ visit, heldMs: nowMs - (heldMs ?? nowMs), elapsedMs: hadMs }] : [],
    ),
    custom: {
      missed: memory.missed / Math.max(1, memory.booked),
      offsets: lengthsOf(memory.offsetsMs.slice(-200), 0, 200),
      holds: lengthsOf(memory.holdsMs.toReversed(), 20),
      raised: memory.raised / Math.max(1, memory.looked),
      urgentPerHour: memory.urgent.length / Math.max(1, memory.openHours),
      urgent: memory.urgent.slice(-20),
    },
  }
}

function doctorOf(scene: Scene, desk: Desk): WaitDoctor | undefined {
  const { doctor, presentId, freeMs, beganMs } = desk
  const { nowMs, startMs, memory } = scene
  const sessions = SESSIONS.map(({ from, to }) => ({ from: startMs + from * MINUTE_MS, to: startMs + to * MINUTE_MS }))
  const status = { status: 'available', statusSinceMs: startMs, expectedMs: null } as const
  const duty = dutyOf(
    { ...status, sessions, withPatient: presentId !== undefined, lastBeganMs: beganMs ?? null },
    nowMs,
  )
  if (!duty) return undefined
  const stays = memory.stays.filter((stay) => stay.doctorId === doctor.id).slice(-60)
  const { pausesMs, walksMs } = paceOf(stays)
  const known = new Map<string | null, ReturnType<typeof lengthsOf>>()
  const present = presentId === undefined ? undefined : scene.here.get(presentId)
  return {
    id: doctor.id,
    poolIds: doctor.poolIds,
    duty,
    row: rowOf(desk),
    present: present ? [presentOf(present, nowMs)] : [],
    freeSinceMs: freeMs ?? null,
    lengths: (serviceId) => {
      const found =
        known.get(serviceId) ?? lengthsOf(recentLengths(memory, doctor.id, serviceId), MINUTES[serviceId ?? ''] ?? 15)
      known.set(serviceId, found)
      return found
    },
    pauses: lengthsOf(pausesMs.toReversed(), 1, 40),
    walks: lengthsOf(walksMs.toReversed(), 1),
  }
}

function presentOf({ visit, beganMs, hadMs }: Here, nowMs: number) {
  const elapsedMs = visit.status === 'called' || beganMs === undefined ? undefined : hadMs + nowMs - beganMs
  return { id: visit.id, serviceId: visit.serviceId, elapsedMs }
}

/** Newest first, the stays of one visit together. */
function recentLengths({ stays }: Memory, doctorId: string, serviceId: string | null): number[] {
  const sums = new Map<string, number>()
  for (const stay of stays.slice(-600).toReversed()) {
    if (stay.doctorId !== doctorId || stay.serviceId !== serviceId) continue
    sums.set(stay.visitId, (sums.get(stay.visitId) ?? 0) + stay.toMs - stay.fromMs)
  }
  return [...sums.values()]
}
