import type { Bed } from '../../contract/beds.ts'
import { clinicSettings } from '../../contract/clinics.ts'
import { contract } from '../../contract/contract.ts'
import { vitals as emptyVitals, type Vitals } from '../../contract/triage.ts'
import type { Visit } from '../../contract/visits.ts'
import { compareObservations, observationDue } from '../../rules/observation-due.ts'
import { assessRisk } from '../../rules/risk.ts'
import { ageMonthsAt } from '../../rules/risk-age.ts'
import { isOpen } from '../../rules/transitions.ts'
import { isAbove, raisedLevel } from '../../rules/triage-level.ts'
import { newId } from '../db/new-id.ts'
import { installedPacks } from '../rule-packs/installed.ts'
import { act, at, fateOf, MINUTE, type Scene, soon, visitIf, visitsToday } from './scene.ts'
import { type Condition, someVitals } from './vital-signs.ts'

/** The clinic of the demonstration has changed nothing. */
const SETTINGS = clinicSettings.parse({})

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
  const first = visitsToday(scene, 'waiting')
    .filter((visit) => !visit.triaged && !looked.has(visit.id))
    .filter((visit) => Date.parse(visit.queuedAt) < patience && !scene.watch.isTouched(visit.id))
    .filter((visit) => visit.awayUntil === null && fateOf(scene, visit.id, 'triage').chance(0.85))
    .sort((a, b) => a.queuedAt.localeCompare(b.queuedAt))[0]
  return dueAgain(scene) ?? first
}

/** T5: whom somebody has looked at, and must again. */
function dueAgain(scene: Scene): Visit | undefined {
  const now = new Date(scene.clock.now()).toISOString()
  return visitsToday(scene, 'waiting')
    .filter((visit) => visit.lookedAt !== null && !scene.watch.isTouched(visit.id))
    .flatMap((visit) => {
      const due = observationDue(visit, visit.lookedAt, now, SETTINGS)
      return due?.overdue ? [{ visit, due }] : []
    })
    .sort(compareObservations)[0]?.visit
}

async function triage(scene: Scene, visit: Visit): Promise<void> {
  const { nurse } = scene.cast
  const begin = { version: visit.version, status: 'in_triage' as const }
  if (!(await act(scene, nurse, contract.visits.setStatus, { params: { id: visit.id }, body: begin }))) return
  scene.agenda.add(soon(scene, 1.8), async () => {
    const looked = visitIf(scene, visit.id, 'in_triage')
    if (looked) await takeVitals(scene, looked)
  })
}

/** T1: what the rules ask for, or what the nurse sees beyond the numbers. */
async function takeVitals(scene: Scene, visit: Visit): Promise<void> {
  const luck = fateOf(scene, visit.id, `vitals ${visit.lookedAt ?? 'first'}`)
  const condition = conditionFor(fateOf(scene, visit.id, 'urgency').next())
  const patient = visit.patientId ? scene.console.store.get('patients', visit.patientId) : undefined
  const ageMonths = patient ? ageMonthsAt(patient, visit.day) : null
  const subject = { ageMonths, ageBand: null, sex: patient?.sex ?? 'not_known', pregnancy: 'no' } as const
  const vitals = { ...nothing, ...someVitals(luck, subject, condition) }
  const asked = assessRisk(vitals, subject, installedPacks()).level
  const seen = condition === 'unwell' ? 'urgent' : condition === 'well' && luck.chance(0.12) ? 'non_urgent' : 'standard'
  const given = visit.triaged || isAbove(visit.urgency, 'standard') ? raisedLevel(visit.urgency, asked) : seen
  const level = raisedLevel(given, asked)
  const body = { id: newId(), version: visit.version, vitals, pregnancy: 'no' as const, level }
  await act(scene, scene.cast.nurse, contract.triage.record, { params: { id: visit.id }, body })
}

/** Most are well enough to wait. */
function conditionFor(draw: number): Condition {
  if (draw < 0.02) return 'ill'
  return draw < 0.13 ? 'unwell' : 'well'
}

const nothing: Vitals = emptyVitals.parse({})

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
