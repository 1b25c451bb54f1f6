import type { Bed } from '../../contract/beds.ts'
import { contract } from '../../contract/contract.ts'
import type { Urgency, Visit } from '../../contract/visits.ts'
import { isOpen } from '../../rules/transitions.ts'
import { act, at, fateOf, MINUTE, type Scene, soon, visitIf, visitsToday } from './scene.ts'

/** The nurse: a first look at those who wait, the beds, and answers to calls for help. */
export function planNurse(scene: Scene): void {
  const { nurse } = scene.cast
  const looked = new Set<string>()
  const round = async () => {
    if (scene.clock.now() > at(scene, '19:00') || scene.watch.actsAs(nurse)) return
    await answerAlerts(scene)
    await tendBeds(scene)
    const busy = visitsToday(scene, 'in_triage').length > 0
    const next = busy ? undefined : mostNeeded(scene, looked)
    if (next) {
      looked.add(next.id)
      await triage(scene, next)
    }
    scene.agenda.add(soon(scene, 0.6), round)
  }
  scene.agenda.add(at(scene, '08:55'), round)
}

function mostNeeded(scene: Scene, looked: ReadonlySet<string>): Visit | undefined {
  const patience = scene.clock.now() - 3 * MINUTE
  return visitsToday(scene, 'waiting')
    .filter((visit) => !visit.triaged && !looked.has(visit.id))
    .filter((visit) => Date.parse(visit.queuedAt) < patience && !scene.watch.isTouched(visit.id))
    .filter((visit) => visit.awayUntil === null && fateOf(scene, visit.id, 'triage').chance(0.85))
    .sort((a, b) => a.queuedAt.localeCompare(b.queuedAt))[0]
}

async function triage(scene: Scene, visit: Visit): Promise<void> {
  const { nurse } = scene.cast
  const begin = { version: visit.version, status: 'in_triage' as const }
  if (!(await act(scene, nurse, contract.visits.setStatus, { params: { id: visit.id }, body: begin }))) return
  scene.agenda.add(soon(scene, 1.8), async () => {
    const looked = visitIf(scene, visit.id, 'in_triage')
    if (!looked) return
    const level = levelFor(fateOf(scene, visit.id, 'urgency').next())
    if (level && looked.urgency === 'standard') {
      const body = { version: looked.version, ...level }
      await act(scene, nurse, contract.visits.update, { params: { id: visit.id }, body })
    }
    const now = visitIf(scene, visit.id, 'in_triage')
    if (!now) return
    const body = { version: now.version, status: 'waiting' as const }
    await act(scene, nurse, contract.visits.setStatus, { params: { id: visit.id }, body })
  })
}

/** T1: most stay as they are; raising needs no reason, lowering does. */
function levelFor(draw: number): { urgency: Urgency; reason?: string } | undefined {
  if (draw < 0.02) return { urgency: 'very_urgent' }
  if (draw < 0.13) return { urgency: 'urgent' }
  return draw < 0.25 ? { urgency: 'non_urgent', reason: 'Only a repeat prescription' } : undefined
}

/** S2: one thing a round: who has gone or lain long enough leaves, what was left is cleaned, who needs it lies down. */
async function tendBeds(scene: Scene): Promise<void> {
  const beds = scene.console.store.all('beds').filter((bed) => bed.active && !scene.watch.isTouched(bed.id))
  const { nurse } = scene.cast
  const now = scene.clock.now()
  const leaves = beds.find((bed) => bed.status === 'occupied' && hasLainEnough(scene, bed))
  if (leaves) {
    await act(scene, nurse, contract.beds.release, withVersion(leaves, {}), 'beds')
    return
  }
  const dirty = beds.find((bed) => bed.status === 'cleaning' && Date.parse(bed.since) < now - 6 * MINUTE)
  if (dirty) {
    await act(scene, nurse, contract.beds.setStatus, withVersion(dirty, { status: 'free' as const }), 'beds')
    return
  }
  const free = beds.find((bed) => bed.status === 'free')
  const visit = free && needsBed(scene, new Set(beds.map(({ visitId }) => visitId)))
  if (visit) await act(scene, nurse, contract.beds.assign, withVersion(free, { visitId: visit.id }), 'beds')
}

const withVersion = <B extends object>({ id, version }: Bed, body: B) => ({
  params: { id },
  body: { version, ...body },
})

function hasLainEnough(scene: Scene, { visitId, since }: Bed): boolean {
  const visit = scene.console.store.get('visits', visitId ?? '')
  if (!visit || !isOpen(visit.status) || visit.day !== scene.today) return true
  const minutes = fateOf(scene, visit.id, 'in bed').between(25, 70)
  return Date.parse(since) < scene.clock.now() - minutes * MINUTE
}

/** An emergency at once; of those who wait for the laboratory and the worse off, some. */
function needsBed(scene: Scene, inBed: ReadonlySet<string | null>): Visit | undefined {
  const here = visitsToday(scene, 'waiting', 'in_triage', 'on_hold').filter(
    (visit) => !inBed.has(visit.id) && visit.awayUntil === null && !scene.watch.isTouched(visit.id),
  )
  const may = (visit: Visit, chance: number) => fateOf(scene, visit.id, 'needs a bed').chance(chance)
  return (
    here.find(({ urgency }) => urgency === 'immediate') ??
    here.find((visit) => may(visit, visit.status === 'on_hold' ? 0.5 : visit.urgency === 'very_urgent' ? 0.8 : 0.03))
  )
}

async function answerAlerts(scene: Scene): Promise<void> {
  for (const alert of scene.console.store.all('alerts')) {
    // A visitor may like to answer it: nobody else does for the first minutes, nor says at once what became of it.
    const since = Date.parse(alert.acknowledgedAt ?? alert.escalatedAt ?? alert.raisedAt)
    if (alert.resolvedAt !== null || since > scene.clock.now() - 4 * MINUTE) continue
    const [params, version, { nurse }] = [{ id: alert.id }, alert.version, scene.cast]
    if (alert.acknowledgedAt === null)
      await act(scene, nurse, contract.alerts.acknowledge, { params, body: { version } }, 'alerts')
    else
      await act(
        scene,
        nurse,
        contract.alerts.resolve,
        { params, body: { version, outcome: 'seen' as const } },
        'alerts',
      )
  }
}
