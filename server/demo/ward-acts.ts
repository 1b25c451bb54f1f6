import { contract } from '../../contract/contract.ts'
import type { Visit } from '../../contract/visits.ts'
import { act, at, fateOf, MINUTE, type Scene, soon, visitIf, visitsToday } from './scene.ts'

/** The nurse: a first look at those who wait, and answers to calls for help. */
export function planNurse(scene: Scene): void {
  const { nurse } = scene.cast
  const round = async () => {
    if (scene.clock.now() > at(scene, '19:00') || scene.watch.actsAs(nurse)) return
    await answerAlerts(scene)
    const busy = visitsToday(scene, 'in_triage').length > 0
    const next = busy ? undefined : mostNeeded(scene)
    if (next) await triage(scene, next)
    scene.agenda.add(soon(scene, 1), round)
  }
  scene.agenda.add(at(scene, '08:55'), round)
}

function mostNeeded(scene: Scene): Visit | undefined {
  const patience = scene.clock.now() - 3 * MINUTE
  return visitsToday(scene, 'waiting')
    .filter((visit) => !visit.triaged && Date.parse(visit.queuedAt) < patience && !scene.watch.isTouched(visit.id))
    .filter((visit) => visit.awayUntil === null && fateOf(scene, visit.id, 'triage').chance(0.6))
    .sort((a, b) => a.queuedAt.localeCompare(b.queuedAt))[0]
}

async function triage(scene: Scene, visit: Visit): Promise<void> {
  const { nurse } = scene.cast
  const begin = { version: visit.version, status: 'in_triage' as const }
  if (!(await act(scene, nurse, contract.visits.setStatus, { params: { id: visit.id }, body: begin }))) return
  scene.agenda.add(soon(scene, 2.5), async () => {
    const looked = visitIf(scene, visit.id, 'in_triage')
    if (!looked) return
    const fate = fateOf(scene, visit.id, 'urgency')
    if (fate.chance(0.08)) {
      const body = {
        version: looked.version,
        urgency: fate.chance(0.2) ? ('very_urgent' as const) : ('urgent' as const),
      }
      await act(scene, nurse, contract.visits.update, { params: { id: visit.id }, body })
    }
    const now = visitIf(scene, visit.id, 'in_triage')
    if (!now) return
    const body = { version: now.version, status: 'waiting' as const }
    await act(scene, nurse, contract.visits.setStatus, { params: { id: visit.id }, body })
  })
}

async function answerAlerts(scene: Scene): Promise<void> {
  for (const alert of scene.console.store.all('alerts')) {
    // A visitor may like to answer it: nobody else does for the first minutes.
    if (alert.acknowledgedAt !== null || Date.parse(alert.raisedAt) > scene.clock.now() - 4 * MINUTE) continue
    const body = { version: alert.version }
    await act(scene, scene.cast.nurse, contract.alerts.acknowledge, { params: { id: alert.id }, body }, 'alerts')
  }
}
