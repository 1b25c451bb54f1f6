import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Bed } from '../../contract/beds.ts'
import type { Patient } from '../../contract/patients.ts'
import type { Visit } from '../../contract/visits.ts'
import { take } from '../../test/support/acts.ts'
import { type ApiClient, refusal } from '../../test/support/api-client.ts'
import { aClinic, MORNING, type TestClinic } from '../../test/support/clinic.ts'
import { listen } from '../../test/support/console.ts'

let clinic: TestClinic
let nurse: ApiClient
let day = 0
beforeAll(async () => {
  clinic = await aClinic()
  nurse = clinic.as.nurse
})
afterAll(() => clinic.close())
beforeEach(() => clinic.clock.set(MORNING + day++ * 24 * 3_600_000))

let count = 0
const aBed = (fields: Partial<Pick<Bed, 'label' | 'roomId'>> = {}) => {
  const body = { id: uuidv7(), clinicId: clinic.clinicId, roomId: clinic.roomId, label: `Bed ${++count}`, ...fields }
  return clinic.as.administrator.beds.create({ body })
}
const bedNow = ({ id }: Bed) => clinic.hub.databases.read.find('beds', id) as Bed
const assign = (bed: Bed, visit: Visit, more: { move?: boolean; as?: ApiClient } = {}) => {
  const { as = nurse, ...options } = more
  return as.beds.assign({ params: { id: bed.id }, body: { version: bed.version, visitId: visit.id, ...options } })
}
const release = ({ id, version }: Bed) => nurse.beds.release({ params: { id }, body: { version } })
const setStatus = ({ id, version }: Bed, status: 'free' | 'out_of_service', as = nurse) =>
  as.beds.setStatus({ params: { id }, body: { version, status } })
const undo = ({ id, version }: Bed) => nurse.beds.undo({ params: { id }, body: { version } })
const unchanged = ({ version: _, ...bed }: Bed) => bed

describe('S2 a bed', () => {
  test('is assigned, released to be cleaned, and free again by one press; each with since when', async () => {
    const [bed, visit] = [await aBed(), await clinic.aVisit()]
    expect(bed).toMatchObject({ status: 'free', visitId: null, since: clinic.clock.iso() })
    clinic.clock.pass(5)
    const taken = await assign(bed, visit)
    expect(taken).toMatchObject({ status: 'occupied', visitId: visit.id, since: clinic.clock.iso(), version: 2 })
    clinic.clock.pass(5)
    const left = await release(taken)
    expect(left).toMatchObject({ status: 'cleaning', visitId: null, since: clinic.clock.iso() })
    await refusal(assign(left, visit), 'illegal_transition')
    expect(await setStatus(left, 'free')).toMatchObject({ status: 'free', version: 4 })
  })

  test('has one patient: of two who assign it at once one wins, the other is told by whom', async () => {
    const bed = await aBed()
    const [one, two] = [await clinic.aVisit(), await clinic.aVisit()]
    const asked = [assign(bed, one), assign(bed, two, { as: clinic.as.receptionist })]
    const [won, lost] = await Promise.allSettled(asked)
    expect([won?.status, lost?.status].sort()).toEqual(['fulfilled', 'rejected'])
    const winner =
      won?.status === 'fulfilled' ? { visit: one, byName: 'nurse' } : { visit: two, byName: 'receptionist' }
    expect(bedNow(bed).visitId).toBe(winner.visit.id)
    const again = await refusal(assign(bed, won?.status === 'fulfilled' ? two : one), 'bed_taken')
    expect(again.data).toEqual({ byName: winner.byName, visitId: winner.visit.id })
  })

  test('is taken once by two with the same thought', async () => {
    const [bed, visit] = [await aBed(), await clinic.aVisit()]
    const both = await Promise.all([assign(bed, visit), assign(bed, visit, { as: clinic.as.receptionist })])
    expect(both[0]).toEqual(both[1])
  })

  test('is a patient’s only one: a second is refused, also by the database; to move is to be meant', async () => {
    const [first, second] = [await aBed(), await aBed()]
    const visit = await clinic.aVisit()
    const taken = await assign(first, visit)
    expect((await refusal(assign(second, visit), 'already_in_bed')).data).toEqual({ bedId: first.id })
    const { writing } = clinic.hub.databases
    const behind = writing.prepare(`update beds set visitId = ?, status = 'occupied' where id = ?`)
    expect(() => behind.run(visit.id, second.id)).toThrow(/UNIQUE/)
    const moved = await assign(second, visit, { move: true })
    expect(moved).toMatchObject({ status: 'occupied', visitId: visit.id })
    expect(bedNow(first)).toMatchObject({ status: 'cleaning', visitId: null, version: taken.version + 1 })
  })

  test('is for who is here, in this clinic, and not for who has gone', async () => {
    const bed = await aBed()
    const gone = await take(clinic.as.receptionist, await clinic.aVisit(), 'left')
    await refusal(assign(bed, gone), 'illegal_transition')
    await refusal(assign(bed, { ...gone, id: uuidv7() }), 'not_found')
  })

  test('stays with a visit that ends until somebody releases it', async () => {
    const [bed, visit] = [await aBed(), await clinic.aVisit()]
    const taken = await assign(bed, visit)
    await take(clinic.as.receptionist, visit, 'left')
    expect(bedNow(bed)).toEqual(taken)
    clinic.clock.pass(24 * 60)
    const { data } = await nurse.feed.snapshot({ params: { id: clinic.clinicId } })
    // Who lies there is known on every page, whatever day it is.
    expect(data.visits?.map(({ id }) => id)).toContain(visit.id)
    expect(data.beds).toContainEqual(taken)
    expect((await release(taken)).status).toBe('cleaning')
  })

  test('is out of service by an administrator’s word, and keeps its label to itself within its room', async () => {
    const bed = await aBed()
    await refusal(setStatus(bed, 'out_of_service'), 'forbidden')
    const out = await setStatus(bed, 'out_of_service', clinic.as.administrator)
    await refusal(assign(out, await clinic.aVisit()), 'illegal_transition')
    await refusal(setStatus(out, 'free'), 'forbidden')
    expect((await setStatus(out, 'free', clinic.as.administrator)).status).toBe('free')
    expect((await refusal(aBed({ label: bed.label }), 'already_exists')).data).toEqual({ field: 'label' })
    await refusal(aBed({ roomId: uuidv7() }), 'not_found')
  })

  test('that somebody lies in stays in use, and so does its room', async () => {
    const taken = await assign(await aBed(), await clinic.aVisit())
    const { label, roomId, version } = taken
    const body = { version, label, roomId, active: false }
    const given = clinic.as.administrator.beds.update({ params: { id: taken.id }, body })
    expect((await refusal(given, 'in_use')).data).toEqual({ by: 'patient_in_bed' })
    const room = await clinic.as.administrator.rooms.get({ params: { id: clinic.roomId } })
    const { id, clinicId: _, ...fields } = room
    const closed = clinic.as.administrator.rooms.update({ params: { id }, body: { ...fields, active: false } })
    await refusal(closed, 'in_use')
  })

  test('is announced to its clinic', async () => {
    const bed = await aBed()
    const cashier = await listen(clinic.hub.url, {
      token: clinic.people.cashier.token,
      clinicId: clinic.clinicId,
    })
    const taken = await assign(bed, await clinic.aVisit())
    const { seq } = clinic.hub.databases.read.get<{ seq: number }>`select max(seq) as seq from events` ?? { seq: 0 }
    await cashier.until(seq)
    const told = cashier.events().filter((event) => event.type === 'bed_updated')
    expect(told.map((event) => event.changes.beds)).toEqual([[taken]])
    cashier.close()
  })
})

describe('U4 undo of a bed', () => {
  test('takes back the last step, until the next one', async () => {
    const [bed, visit] = [await aBed(), await clinic.aVisit()]
    const taken = await assign(bed, visit)
    const left = await release(taken)
    const back = await undo(left)
    expect(unchanged(back)).toEqual(unchanged(taken))
    await refusal(undo(back), 'nothing_to_undo')
    await refusal(undo(await aBed()), 'nothing_to_undo')
  })

  test('of a move puts both beds back; not once one of them has changed', async () => {
    const [first, second] = [await aBed(), await aBed()]
    const visit = await clinic.aVisit()
    const taken = await assign(first, visit)
    const moved = await assign(second, visit, { move: true })
    expect(unchanged(await undo(moved))).toEqual(unchanged(second))
    expect(unchanged(bedNow(first))).toEqual(unchanged(taken))
    const again = await assign(bedNow(second), visit, { move: true })
    await setStatus(bedNow(first), 'free')
    await refusal(undo(again), 'nothing_to_undo')
  })

  test('of a release is refused when the patient lies elsewhere by now', async () => {
    const [first, second] = [await aBed(), await aBed()]
    const visit = await clinic.aVisit()
    const left = await release(await assign(first, visit))
    await assign(second, visit)
    await refusal(undo(left), 'nothing_to_undo')
  })
})

describe('U4 undo of a bed whose patient has gone', () => {
  test('comes too late, of a release and of a move; an assignment can still be taken back', async () => {
    const [first, second, third] = [await aBed(), await aBed(), await aBed()]
    const visits = [await clinic.aVisit(), await clinic.aVisit(), await clinic.aVisit()] as const
    const released = await release(await assign(first, visits[0]))
    await assign(second, visits[1])
    const moved = await assign(third, visits[1], { move: true })
    const assigned = await assign(await aBed(), visits[2])
    for (const visit of visits) await take(clinic.as.receptionist, visit, 'left')
    for (const bed of [released, moved]) await refusal(undo(bed), 'nothing_to_undo')
    expect([bedNow(first).visitId, bedNow(second).visitId, bedNow(third)]).toEqual([null, null, moved])
    expect(await undo(assigned)).toMatchObject({ status: 'free', visitId: null })
  })
})

describe('S2 a bed goes with its visit', () => {
  const patientNow = (id: string) => clinic.hub.databases.read.find('patients', id) as Patient

  async function bothHere() {
    const [winner, loser] = [await clinic.aPatient(), await clinic.aPatient()]
    const goes = await clinic.aVisit({ patientId: winner.id })
    const ends = await clinic.aVisit({ patientId: loser.id })
    const merge = () =>
      clinic.as.receptionist.patients.merge({
        params: { id: winner.id },
        body: {
          version: patientNow(winner.id).version,
          loserId: loser.id,
          loserVersion: patientNow(loser.id).version,
          continueVisitIds: [goes.id],
        },
      })
    const unmerge = (mergeId: string) =>
      clinic.as.receptionist.patients.unmerge({ params: { id: winner.id }, body: { mergeId } })
    return { goes, ends, merge, unmerge }
  }

  test('Q9 to the right patient', async () => {
    const [bed, visit] = [await aBed(), await clinic.aVisit()]
    const taken = await assign(bed, visit)
    const right = await clinic.aPatient()
    const { id, version } = visit
    await clinic.as.receptionist.visits.reassign({
      params: { id },
      body: { version, patientId: right.id, reason: 'nearly the same name' },
    })
    expect(bedNow(bed)).toEqual(taken)
    await refusal(assign(await aBed(), visit), 'already_in_bed')
  })

  test('P4 a merge brings it to the visit that goes on; its undo brings it back', async () => {
    const { goes, ends, merge, unmerge } = await bothHere()
    const taken = await assign(await aBed(), ends)
    const { mergeId } = await merge()
    expect(bedNow(taken)).toMatchObject({ status: 'occupied', visitId: goes.id, since: taken.since })
    await unmerge(mergeId)
    expect(unchanged(bedNow(taken))).toEqual(unchanged(taken))
  })

  test('P4 of two beds one is to be cleaned; its undo gives it back only while nobody has it', async () => {
    const { goes, ends, merge, unmerge } = await bothHere()
    const kept = await assign(await aBed(), goes)
    const left = await assign(await aBed(), ends)
    const { mergeId } = await merge()
    expect(bedNow(kept)).toEqual(kept)
    expect(bedNow(left)).toMatchObject({ status: 'cleaning', visitId: null })
    await setStatus(bedNow(left), 'free')
    await unmerge(mergeId)
    expect(bedNow(left)).toMatchObject({ status: 'free', visitId: null })
  })
})
