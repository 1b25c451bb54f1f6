import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Allergies, Patient } from '../../contract/patients.ts'
import type { Visit } from '../../contract/visits.ts'
import { anAppointment, anybody, take } from '../../test/support/acts.ts'
import { type ApiClient, refusal } from '../../test/support/api-client.ts'
import { aClinic, MORNING, type TestClinic } from '../../test/support/clinic.ts'

let clinic: TestClinic
let all: ApiClient
let day = 0
beforeAll(async () => {
  clinic = await aClinic()
  all = (await anybody(clinic)).api
})
afterAll(() => clinic.close())
beforeEach(() => clinic.clock.set(MORNING + day++ * 24 * 3_600_000))

const merge = (winner: Patient, loser: Patient, ...continueVisitIds: string[]) =>
  clinic.as.receptionist.patients.merge({
    params: { id: winner.id },
    body: { version: winner.version, loserId: loser.id, loserVersion: loser.version, continueVisitIds },
  })
const unmerge = (winner: Patient, mergeId: string) =>
  clinic.as.receptionist.patients.unmerge({ params: { id: winner.id }, body: { mergeId } })
const visitNow = async (visit: Visit) => (await all.visits.get({ params: { id: visit.id } })).visit
const record = async (patient: Patient) =>
  (await clinic.as.doctor.patients.openRecord({ params: { id: patient.id } })).allergies
const write = async (patient: Patient, ...substances: string[]) => {
  const { version } = await record(patient)
  const items = substances.map((substance) => ({ substance, reaction: '' }))
  const state = items.length > 0 ? ('listed' as const) : ('none_known' as const)
  return clinic.as.nurse.patients.setAllergies({ params: { id: patient.id }, body: { version, state, items } })
}
const substances = ({ items }: Allergies) => items.map((item) => item.substance)
const two = async () => [await clinic.aPatient(), await clinic.aPatient()] as const

describe('P4 a merge never deletes', () => {
  test('the loser points to the winner, and both numbers find the winner', async () => {
    const [winner, loser] = await two()
    const { patient } = await merge(winner, loser)
    expect(patient).toMatchObject({ id: winner.id, number: winner.number, version: 2 })
    expect(clinic.hub.databases.read.find('patients', loser.id)).toEqual({
      ...loser,
      mergedIntoId: winner.id,
      version: 2,
    })
    for (const q of [winner.number, loser.number, loser.familyName]) {
      const { items } = await clinic.as.cashier.patients.search({ query: { q } })
      expect(items.map((one) => one.id)).toContain(winner.id)
      expect(items.map((one) => one.id)).not.toContain(loser.id)
    }
    expect(await all.patients.get({ params: { id: loser.id } })).toEqual(patient)
  })

  test('visits and appointments move, and the history is one', async () => {
    const [winner, loser] = await two()
    const old = await take(all, await clinic.aVisit({ patientId: loser.id }), 'left')
    const own = await take(all, await clinic.aVisit({ patientId: winner.id }), 'left')
    const booked = await anAppointment(clinic, 60, { patientId: loser.id })
    await merge(winner, loser)
    const { visits, merges } = await all.patients.history({ params: { id: loser.id }, query: {} })
    expect(visits.map((visit) => visit.id).sort()).toEqual([old.id, own.id].sort())
    expect(merges).toMatchObject([{ loserId: loser.id, loserNumber: loser.number, undoneAt: null }])
    expect(await visitNow(old)).toMatchObject({ patientId: winner.id, version: old.version + 1, status: 'left' })
    expect((await all.appointments.get({ params: { id: booked.id } })).patientId).toBe(winner.id)
  })

  test('allergies are united: a list beats "none known", that beats "not asked"', async () => {
    const cases: { own: string[] | null; theirs: string[] | null; state: Allergies['state']; items: string[] }[] = [
      { own: ['Penicillin'], theirs: ['penicillin', 'Latex'], state: 'listed', items: ['Penicillin', 'Latex'] },
      { own: null, theirs: ['Latex'], state: 'listed', items: ['Latex'] },
      { own: [], theirs: ['Latex'], state: 'listed', items: ['Latex'] },
      { own: ['Latex'], theirs: [], state: 'listed', items: ['Latex'] },
      { own: null, theirs: [], state: 'none_known', items: [] },
      { own: [], theirs: null, state: 'none_known', items: [] },
      { own: null, theirs: null, state: 'not_asked', items: [] },
    ]
    for (const { own, theirs, state, items } of cases) {
      const [winner, loser] = await two()
      if (own) await write(winner, ...own)
      if (theirs) await write(loser, ...theirs)
      await merge(winner, loser)
      const united = await record(winner)
      expect({ state: united.state, items: substances(united) }).toEqual({ state, items })
    }
  })

  test('what is written under the loser’s number afterwards is the winner’s', async () => {
    const [winner, loser] = await two()
    const { patient } = await merge(winner, loser)
    await write(loser, 'Latex')
    expect(substances(await record(winner))).toEqual(['Latex'])
    const { id: _, number: __, mergedIntoId: ___, ...fields } = patient
    const changed = await all.patients.update({ params: { id: loser.id }, body: { ...fields, note: 'one person' } })
    expect(changed).toMatchObject({ id: winner.id, note: 'one person' })
  })

  test('neither with itself, nor with what is merged, nor on an old sight of it', async () => {
    const [winner, loser] = await two()
    await refusal(merge(winner, winner), 'illegal_transition')
    await refusal(merge({ ...winner, version: 2 }, loser), 'stale_version')
    await refusal(merge(winner, { ...loser, version: 2 }), 'stale_version')
    const { patient } = await merge(winner, loser)
    await refusal(merge(patient, { ...loser, version: 2 }), 'illegal_transition')
    for (const role of ['nurse', 'doctor', 'cashier'] as const) {
      const body = { version: 2, loserId: loser.id, loserVersion: 2 }
      await refusal(clinic.as[role].patients.merge({ params: { id: winner.id }, body }), 'forbidden')
    }
  })
})

describe('P4 two open visits', () => {
  test.each(['winner', 'loser'] as const)('it asks which continues: the %s’s', async (which) => {
    const [winner, loser] = await two()
    const [own, theirs] = [await clinic.aVisit({ patientId: winner.id }), await clinic.aVisit({ patientId: loser.id })]
    const { data } = await refusal(merge(winner, loser), 'both_visits_open')
    expect(data).toEqual({ visitIds: [own.id, theirs.id] })
    const [goes, ends] = which === 'winner' ? [own, theirs] : [theirs, own]
    const { mergeId } = await merge(winner, loser, goes.id)
    expect(await visitNow(goes)).toMatchObject({ patientId: winner.id, status: 'waiting' })
    expect(await visitNow(ends)).toMatchObject({
      patientId: winner.id,
      status: 'cancelled',
      endReason: 'merged',
      mergedIntoId: goes.id,
    })

    await unmerge(winner, mergeId)
    expect(await visitNow(own)).toEqual({ ...own, version: (await visitNow(own)).version })
    expect(await visitNow(theirs)).toEqual({ ...theirs, version: (await visitNow(theirs)).version })
  })

  test('what was done before is not undone after it: Q9 would give the visit back to who has gone', async () => {
    const [winner, loser] = await two()
    const [stays, ends] = [await clinic.aVisit({ patientId: winner.id }), await clinic.aVisit({ patientId: loser.id })]
    const body = { version: 1, reason: 'is early' }
    const called = await clinic.as.doctor.visits.call({ params: { id: stays.id }, body })
    await clinic.as.receptionist.visits.transfer({
      params: { id: ends.id },
      body: { version: 1, doctorId: clinic.otherDoctor.id },
    })
    await merge(winner, loser, stays.id)
    const other = await visitNow(ends)
    expect(other).toMatchObject({ status: 'cancelled', endReason: 'merged', patientId: winner.id })
    const { undo } = clinic.as.receptionist.visits
    await refusal(undo({ params: { id: ends.id }, body: { version: other.version } }), 'nothing_to_undo')
    await undo({ params: { id: stays.id }, body: { version: called.version } })
    const { steps } = await all.visits.get({ params: { id: ends.id } })
    expect(steps.at(-1)).toMatchObject({ step: 'merge', from: 'waiting', to: 'cancelled' })
  })

  test('a call from before it is not undone either: the visit stays the winner’s', async () => {
    const [winner, loser] = await two()
    const visit = await clinic.aVisit({ patientId: loser.id })
    await clinic.as.doctor.visits.call({ params: { id: visit.id }, body: { version: 1, reason: 'is early' } })
    await merge(winner, loser)
    const { version } = await visitNow(visit)
    const undo = clinic.as.doctor.visits.undo({ params: { id: visit.id }, body: { version } })
    await refusal(undo, 'nothing_to_undo')
    expect(await visitNow(visit)).toMatchObject({ patientId: winner.id, status: 'called' })
  })

  test('a visit that ends is told where its doctor alone is followed too, and is no news any more; so is its return', async () => {
    const [winner, loser] = await two()
    const own = await clinic.aVisit({ patientId: winner.id })
    const inside = await take(all, await clinic.aVisit({ patientId: loser.id }), 'called', 'in_consultation')
    const ends = await take(all, inside, 'awaiting_payment')
    const unread = async () => {
      const { items } = await clinic.as.cashier.notifications.list({ query: {} })
      return items.filter((one) => one.visitId === ends.id && one.readAt === null).length
    }
    const told = () =>
      clinic.hub.databases.read.all`
        select 1 from events where type = 'visit_status_changed' and rooms like ${`%doctor_${clinic.doctor.id}%`}`
        .length
    const [unreadBefore, toldBefore] = [await unread(), told()]
    const { mergeId } = await merge(winner, loser, own.id)
    expect([unreadBefore, await unread(), told() - toldBefore]).toEqual([1, 0, 1])
    await unmerge(winner, mergeId)
    expect([await unread(), told() - toldBefore]).toEqual([1, 2])
  })

  test('an alert that goes along is told to those whom it asks, and to no other (L3)', async () => {
    const [winner, loser] = await two()
    const own = await clinic.aVisit({ patientId: winner.id })
    const ends = await clinic.aVisit({ patientId: loser.id })
    const about = { clinicId: clinic.clinicId, scope: 'patient', visitId: ends.id } as const
    const body = { id: uuidv7(), ...about, severity: 'warning', topic: 'worse', note: '' } as const
    await clinic.as.doctor.alerts.raise({ body })
    const { seq: after } = await clinic.as.nurse.feed.snapshot({ params: { id: clinic.clinicId } })
    const { mergeId } = await merge(winner, loser, own.id)
    await unmerge(winner, mergeId)
    const heard = async (by: ApiClient) => {
      const { frames } = await by.feed.events({ query: { clinicId: clinic.clinicId, after } })
      return frames.flatMap((frame) => frame.events.flatMap((event) => event.changes.alerts ?? []))
    }
    expect((await heard(clinic.as.nurse)).at(-1)).toMatchObject({ visitId: ends.id, version: 3 })
    expect(await heard(clinic.as.receptionist)).toEqual([])
  })

  test('undone after the winner has come again: the ended one stays ended', async () => {
    const [winner, loser] = await two()
    const [own, theirs] = [await clinic.aVisit({ patientId: winner.id }), await clinic.aVisit({ patientId: loser.id })]
    const { mergeId } = await merge(winner, loser, theirs.id)
    await take(all, await visitNow(theirs), 'left')
    const again = await clinic.aVisit({ patientId: winner.id })
    await unmerge(winner, mergeId)
    expect(await visitNow(own)).toMatchObject({ status: 'cancelled', patientId: winner.id })
    expect(await visitNow(again)).toEqual(again)
    expect(await visitNow(theirs)).toMatchObject({ status: 'left', patientId: loser.id })
  })
})

describe('P4 it can be undone whole', () => {
  test('everything is as it was, and each is found by their own number again', async () => {
    const [winner, loser] = await two()
    await write(winner, 'Penicillin')
    await write(loser, 'Latex')
    const visit = await take(all, await clinic.aVisit({ patientId: loser.id }), 'left')
    const booked = await anAppointment(clinic, 60, { patientId: loser.id })
    const { mergeId } = await merge(winner, loser)
    const parted = await unmerge(winner, mergeId)
    expect(parted.winner).toEqual({ ...winner, version: 3 })
    expect(parted.loser).toEqual({ ...loser, version: 3 })
    expect(substances(await record(winner))).toEqual(['Penicillin'])
    expect(substances(await record(loser))).toEqual(['Latex'])
    expect((await visitNow(visit)).patientId).toBe(loser.id)
    expect((await all.appointments.get({ params: { id: booked.id } })).patientId).toBe(loser.id)
    const { items } = await all.patients.search({ query: { q: loser.number } })
    expect(items.map((one) => one.id)).toEqual([loser.id])
    const { merges } = await all.patients.history({ params: { id: winner.id }, query: {} })
    expect(merges).toMatchObject([{ undoneAt: clinic.clock.iso() }])
    await refusal(unmerge(winner, mergeId), 'nothing_to_undo')
    await refusal(unmerge(loser, mergeId), 'not_found')
  })

  test('what happened since stays: an allergy written down, a visit that went on, one that was somebody else’s', async () => {
    const [winner, loser] = await two()
    await write(loser, 'Latex')
    const [going, wrong] = [await clinic.aVisit({ patientId: loser.id }), await clinic.aPatient()]
    const { mergeId } = await merge(winner, loser)
    await write(winner, 'Latex', 'Aspirin')
    const inTriage = await take(all, await visitNow(going), 'in_triage')
    await unmerge(winner, mergeId)
    expect(await record(winner)).toMatchObject({ state: 'listed', items: [{ substance: 'Aspirin' }] })
    expect(await visitNow(going)).toMatchObject({ patientId: loser.id, status: 'in_triage', ticket: inTriage.ticket })

    const again = await merge({ ...winner, version: 3 }, { ...loser, version: 3 })
    const moved = await all.visits.reassign({
      params: { id: going.id },
      body: { version: (await visitNow(going)).version, patientId: wrong.id, reason: 'wrong card' },
    })
    await unmerge(winner, again.mergeId)
    expect(await visitNow(going)).toEqual(moved)
  })

  test('merges within merges are undone from the outside', async () => {
    const [inner, middle] = await two()
    const outer = await clinic.aPatient()
    const visit = await take(all, await clinic.aVisit({ patientId: inner.id }), 'left')
    const first = await merge(middle, inner)
    const second = await merge(outer, first.patient)
    expect(await all.patients.get({ params: { id: inner.id } })).toMatchObject({ id: outer.id })
    await refusal(unmerge(middle, first.mergeId), 'illegal_transition')
    await unmerge(outer, second.mergeId)
    expect((await visitNow(visit)).patientId).toBe(middle.id)
    await unmerge(middle, first.mergeId)
    expect((await visitNow(visit)).patientId).toBe(inner.id)
  })
})

describe('P5 opening a clinical record is itself audited', () => {
  const opened = (patient: Patient) =>
    clinic.hub.databases.read.all<{ actorId: string; outcome: string }>`
      select actorId, outcome from audit where action = 'patient.openRecord' and recordId = ${patient.id}`

  test('who, whose and when; each time', async () => {
    const patient = await clinic.aPatient()
    await record(patient)
    await clinic.as.nurse.patients.openRecord({ params: { id: patient.id } })
    expect(opened(patient)).toEqual([
      { actorId: clinic.people.doctor.session.user.id, outcome: 'done' },
      { actorId: clinic.people.nurse.session.user.id, outcome: 'done' },
    ])
  })

  test.each(['receptionist', 'cashier', 'administrator'] as const)('a %s may not', async (role) => {
    const patient = await clinic.aPatient()
    await refusal(clinic.as[role].patients.openRecord({ params: { id: patient.id } }), 'forbidden')
    const body = { version: 1, state: 'none_known' as const }
    await refusal(clinic.as[role].patients.setAllergies({ params: { id: patient.id }, body }), 'forbidden')
    expect(opened(patient)).toEqual([{ actorId: clinic.people[role].session.user.id, outcome: 'forbidden' }])
  })

  test('P1 not asked, none known and a list are three different things', async () => {
    const patient = await clinic.aPatient()
    expect(await record(patient)).toMatchObject({ state: 'not_asked', items: [] })
    expect((await write(patient)).state).toBe('none_known')
    expect((await write(patient, 'Latex')).state).toBe('listed')
    const set = (body: object) =>
      clinic.as.nurse.patients.setAllergies({
        params: { id: patient.id },
        body: { version: 3, state: 'listed', items: [], ...body },
      })
    await refusal(set({}), 'bad_input')
    await refusal(set({ state: 'none_known', items: [{ substance: 'Latex' }] }), 'bad_input')
    await refusal(set({ version: 1, state: 'none_known' }), 'stale_version')
  })
})
