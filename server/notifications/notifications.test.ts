import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Notification } from '../../contract/notifications.ts'
import type { Role } from '../../contract/permissions.ts'
import { anAppointment, nine, take } from '../../test/support/acts.ts'
import { type ApiClient, apiClient, refusal, type SignedInClient, signIn } from '../../test/support/api-client.ts'
import { aClinic, PASSWORD, type TestClinic } from '../../test/support/clinic.ts'

let clinic: TestClinic
/** The second doctor's user. */
let rao: SignedInClient
beforeEach(async () => {
  clinic = await aClinic()
  rao = await aPerson('rao', ['doctor'])
  const { id: _, clinicId: __, ticketLetter: ___, expectedAt: ____, roomToday: _____, ...fields } = clinic.otherDoctor
  await clinic.as.administrator.doctors.update({
    params: { id: clinic.otherDoctor.id },
    body: { ...fields, userId: rao.session.user.id },
  })
  // That a doctor's weekly hours were made is news too.
  clinic.hub.databases.writing.exec('delete from notifications')
})
afterEach(() => clinic.close())

async function aPerson(username: string, roles: Role[], clinicIds = [clinic.clinicId]): Promise<SignedInClient> {
  const fields = { id: uuidv7(), username, displayName: username, password: PASSWORD, roles, clinicIds }
  await clinic.as.administrator.users.create({ body: fields })
  return signIn(clinic.hub.url, username, PASSWORD)
}

const toldTo = async (api: ApiClient): Promise<Notification[]> => (await api.notifications.list({ query: {} })).items
const kinds = async (api: ApiClient) => (await toldTo(api)).map((one) => one.kind)
const unread = async (api: ApiClient) => (await toldTo(api)).filter((one) => !one.readAt).map((one) => one.kind)
const stored = () => clinic.hub.databases.read.all<{ userId: string }>`select userId from notifications`
const doctor = () => clinic.as.doctor
const desk = () => clinic.as.receptionist

describe('S3 who is told of what', () => {
  test('booked, moved and cancelled: the doctor whose list it is, in ids and instants', async () => {
    const booked = await anAppointment(clinic, 30)
    const { id, version, patientId, doctorId } = booked
    const moved = await desk().appointments.change({ params: { id }, body: { version, startsAt: nine(clinic, 60) } })
    await desk().appointments.cancel({ params: { id }, body: { version: moved.version, reason: 'a fever, he says' } })
    const told = await toldTo(doctor())
    expect(told.map((one) => [one.kind, one.parameters])).toEqual([
      ['appointment_cancelled', { appointmentId: id, patientId, doctorId, startsAt: nine(clinic, 60) }],
      [
        'appointment_moved',
        {
          ...{ appointmentId: id, patientId, doctorId, fromDoctorId: doctorId },
          ...{ startsAt: nine(clinic, 60), fromStart: nine(clinic, 30) },
        },
      ],
      ['appointment_created', { appointmentId: id, patientId, doctorId, startsAt: nine(clinic, 30) }],
    ])
    expect(JSON.stringify(told)).not.toContain('fever')
    expect(told.map((one) => one.userId)).toEqual(Array(3).fill(clinic.people.doctor.session.user.id))
    expect(stored()).toHaveLength(3)
  })

  test('to another doctor: both; confirmed or annotated: nobody', async () => {
    const { id, version } = await anAppointment(clinic, 30)
    const noted = await desk().appointments.change({
      params: { id },
      body: { version, status: 'confirmed', note: 'x' },
    })
    const body = { version: noted.version, doctorId: clinic.otherDoctor.id }
    await desk().appointments.change({ params: { id }, body })
    expect(await kinds(doctor())).toEqual(['appointment_moved', 'appointment_created'])
    expect(await kinds(rao.api)).toEqual(['appointment_moved'])
  })

  test('nobody is told of their own doing', async () => {
    const { doctor: of, service } = clinic
    const patientId = (await clinic.aPatient()).id
    const place = { doctorId: of.id, serviceId: service.id, patientId }
    const booking = { id: uuidv7(), ...place, startsAt: nine(clinic, 30) }
    await doctor().appointments.book({ body: booking })
    await doctor().visits.walkIn({ body: { id: uuidv7(), clinicId: clinic.clinicId, patientId, doctorId: of.id } })
    expect(stored()).toEqual([])
  })

  test('a check-in: the doctor of the list; one who is here already arrives once', async () => {
    const visit = await clinic.aVisit()
    await clinic.aVisit({ patientId: visit.patientId })
    const { ticket, patientId } = visit
    expect(await toldTo(doctor())).toMatchObject([
      { kind: 'check_in', visitId: visit.id, parameters: { ticket, patientId }, readAt: null },
    ])
    expect(await kinds(rao.api)).toEqual([])
  })

  test('a check-in into a pool: the doctors who draw from it, but for who is off duty', async () => {
    await rao.api.staff.setMyStatus({ body: { status: 'off_duty' } })
    await clinic.aVisit({ poolId: clinic.poolId })
    expect([await kinds(doctor()), await kinds(rao.api)]).toEqual([['check_in'], []])
  })

  test('a transfer: the doctor whom it comes to; for the other it is over', async () => {
    const { id, version } = await clinic.aVisit()
    const body = { version, doctorId: clinic.otherDoctor.id }
    await desk().visits.transfer({ params: { id }, body })
    expect(await toldTo(rao.api)).toMatchObject([
      { kind: 'transfer', visitId: id, parameters: { fromDoctorId: clinic.doctor.id }, readAt: null },
    ])
    expect(await unread(doctor())).toEqual([])
  })

  test('Q2 the next stop of the day comes to its doctor when the first has finished', async () => {
    const first = await anAppointment(clinic, 0)
    const { patientId } = first
    const second = await anAppointment(clinic, 30, { patientId, doctorId: clinic.otherDoctor.id })
    const { visit } = await desk().visits.checkIn({ body: { id: uuidv7(), appointmentId: first.id } })
    await desk().visits.checkIn({ body: { id: uuidv7(), appointmentId: second.id } })
    expect(await kinds(rao.api)).toEqual(['appointment_created'])
    const inside = await take(doctor(), { ...visit, version: visit.version + 1 }, 'called', 'in_consultation')
    await doctor().visits.finish({ params: { id: visit.id }, body: { version: inside.version } })
    expect(await unread(rao.api)).toEqual(['transfer', 'appointment_created'])
  })

  test('payment due: the cashiers; it is over once it is paid', async () => {
    const visit = await clinic.aVisit({ serviceId: clinic.service.id })
    const inside = await take(doctor(), visit, 'called', 'in_consultation')
    await doctor().visits.finish({ params: { id: visit.id }, body: { version: inside.version } })
    expect(await unread(clinic.as.cashier)).toEqual(['payment_due'])
    expect([await kinds(desk()), await kinds(clinic.as.administrator), await kinds(clinic.as.nurse)]).toEqual([
      [],
      [],
      [],
    ])
    const { balanceMinor } = await clinic.as.cashier.charges.list({ params: { id: visit.id } })
    const body = { id: uuidv7(), visitId: visit.id, amountMinor: balanceMinor, method: 'cash' as const }
    await desk().payments.take({ body })
    expect(await unread(clinic.as.cashier)).toEqual([])
  })

  test('where there is no cashier, reception takes the money and is told', async () => {
    const { user } = clinic.people.cashier.session
    const { version, username: _, ...fields } = await clinic.as.administrator.users.get({ params: { id: user.id } })
    const { id, ...rest } = fields
    await clinic.as.administrator.users.update({ params: { id }, body: { ...rest, version, active: false } })
    const visit = await take(doctor(), await clinic.aVisit(), 'called', 'in_consultation', 'awaiting_payment')
    expect(await toldTo(desk())).toMatchObject([{ kind: 'payment_due', visitId: visit.id }])
  })

  test('weekly hours and leave: the doctor whose they are', async () => {
    const params = { id: clinic.doctor.id }
    const { schedule } = await desk().doctors.getSchedule({ params })
    await desk().doctors.setSchedule({ params, body: { version: schedule.version, sessions: [] } })
    const leave = { id: uuidv7(), from: nine(clinic, 1440), to: nine(clinic, 2880), reason: 'an operation' }
    await desk().doctors.takeLeave({ params, body: leave })
    await desk().doctors.cancelLeave({ params: { ...params, leaveId: leave.id } })
    const told = await toldTo(doctor())
    expect(told.map((one) => one.kind)).toEqual(['leave_withdrawn', 'leave_entered', 'schedule_changed'])
    expect(told[1]?.parameters).toEqual({ doctorId: params.id, from: leave.from, to: leave.to })
    expect(JSON.stringify(told)).not.toContain('operation')
    expect(await kinds(rao.api)).toEqual([])
  })

  test('Q12 a rebooking is one word to each doctor, however many were moved; so is taking it back', async () => {
    const moves = await Promise.all(
      [30, 40, 50].map(async (at) => {
        const { id, version, startsAt } = await anAppointment(clinic, at)
        return { appointmentId: id, version, startsAt, doctorId: clinic.otherDoctor.id }
      }),
    )
    const visit = await clinic.aVisit()
    const transfers = [{ visitId: visit.id, version: visit.version, doctorId: clinic.otherDoctor.id, poolId: null }]
    const id = uuidv7()
    await desk().rebookings.rebook({ body: { id, doctorId: clinic.doctor.id, moves, transfers } })
    const fromDoctorId = clinic.doctor.id
    const counted = { appointments: 3, visits: 1 }
    const [toGone, ...before] = await toldTo(doctor())
    expect(toGone).toMatchObject({ kind: 'appointments_rebooked', parameters: { ...counted, doctorId: fromDoctorId } })
    expect(before.map((one) => one.kind)).toEqual(['check_in', ...Array(3).fill('appointment_created')])
    expect(await toldTo(rao.api)).toMatchObject([
      { kind: 'appointments_rebooked', parameters: { ...counted, fromDoctorId, doctorId: clinic.otherDoctor.id } },
    ])
    await desk().rebookings.undo({ params: { id } })
    expect((await toldTo(rao.api))[0]).toMatchObject({ parameters: { ...counted, fromDoctorId, undone: true } })
    expect(await kinds(rao.api)).toEqual(['appointments_rebooked', 'appointments_rebooked'])
  })
})

describe('S3 stored with what caused it', () => {
  test('in one commit with its event, to the room of its person alone', async () => {
    const visit = await clinic.aVisit()
    const { userId } = stored()[0] ?? {}
    const events = clinic.hub.databases.read.all<{ type: string; rooms: string }>`
      select type, rooms from events where changes like ${`%${visit.id}%`} order by seq`
    expect(events.map((event) => event.type)).toEqual(['queue_updated', 'new_checkin', 'new_notification'])
    expect(events.at(-1)?.rooms).toBe(JSON.stringify([`user_${userId}`]))
  })

  test('what is refused leaves none', async () => {
    const { patientId, startsAt } = await anAppointment(clinic, 30)
    const { id: doctorId } = clinic.doctor
    const body = { id: uuidv7(), doctorId, patientId, serviceId: clinic.service.id, startsAt }
    await refusal(desk().appointments.book({ body }), 'slot_taken')
    const moves = [{ appointmentId: uuidv7(), version: 1, doctorId, startsAt }]
    await refusal(desk().rebookings.rebook({ body: { id: uuidv7(), doctorId, moves, transfers: [] } }), 'not_found')
    expect(await kinds(doctor())).toEqual(['appointment_created'])
  })

  test('a repeat with the same key tells nobody twice', async () => {
    const { token } = clinic.people.receptionist
    const again = apiClient(clinic.hub.url, () => ({
      authorization: `Bearer ${token}`,
      'idempotency-key': 'the-same-key',
    }))
    const patientId = (await clinic.aPatient()).id
    const body = { id: uuidv7(), clinicId: clinic.clinicId, patientId, doctorId: clinic.doctor.id }
    for (let count = 0; count < 2; count += 1) await again.visits.walkIn({ body })
    expect(await kinds(doctor())).toEqual(['check_in'])
  })

  test('who has left the clinic or may not sign in any more is told nothing', async () => {
    const { id } = rao.session.user
    const { username: _, id: __, ...fields } = await clinic.as.administrator.users.get({ params: { id } })
    await clinic.as.administrator.users.update({ params: { id }, body: { ...fields, active: false } })
    await clinic.aVisit({ doctorId: clinic.otherDoctor.id })
    expect(stored()).toEqual([])
  })

  test('the people of another clinic are told nothing, cashiers neither', async () => {
    const elsewhere = uuidv7()
    const body = { id: elsewhere, name: 'Elsewhere', timeZone: 'Asia/Dhaka', currency: 'BDT', language: 'en' as const }
    await clinic.as.administrator.clinics.create({ body })
    const other = await aPerson('other', ['cashier', 'doctor', 'receptionist'], [elsewhere])
    await take(doctor(), await clinic.aVisit(), 'called', 'in_consultation', 'awaiting_payment')
    expect(await toldTo(other.api)).toEqual([])
    expect(stored().map((row) => row.userId)).not.toContain(other.session.user.id)
  })
})

describe('S3 read', () => {
  test('by its person alone, and once is enough', async () => {
    await clinic.aVisit()
    const [told] = await toldTo(doctor())
    const params = { id: told?.id ?? '' }
    for (const other of [rao.api, desk(), clinic.as.administrator])
      await refusal(other.notifications.read({ params }), 'not_found')
    clinic.clock.pass(1)
    const read = await doctor().notifications.read({ params })
    expect(read).toMatchObject({ readAt: clinic.clock.iso(), version: 2 })
    clinic.clock.pass(1)
    expect(await doctor().notifications.read({ params })).toEqual(read)
    expect(await toldTo(doctor())).toEqual([read])
  })

  test('all, but not what came in after the newest that was seen', async () => {
    for (let count = 0; count < 3; count += 1) await clinic.aVisit()
    const [newest, seen] = await toldTo(doctor())
    const { items } = await doctor().notifications.readAll({ body: { upTo: seen?.id } })
    expect(items).toHaveLength(2)
    const page = await doctor().notifications.list({ query: {} })
    expect([page.unread, page.items.find((one) => !one.readAt)?.id]).toEqual([1, newest?.id])
    await doctor().notifications.readAll({ body: {} })
    expect((await doctor().notifications.list({ query: {} })).unread).toBe(0)
  })

  test('whom the doctor has called is not waited for any more', async () => {
    const visit = await clinic.aVisit()
    await clinic.aVisit()
    expect(await unread(doctor())).toEqual(['check_in', 'check_in'])
    await take(doctor(), visit, 'called')
    expect((await toldTo(doctor())).find((one) => one.visitId === visit.id)?.readAt).toBe(clinic.clock.iso())
    expect(await unread(doctor())).toEqual(['check_in'])
  })

  test('pages, newest first, with the patients they are about', async () => {
    const visits = [await clinic.aVisit(), await clinic.aVisit(), await clinic.aVisit()]
    const first = await doctor().notifications.list({ query: { limit: 2 } })
    const second = await doctor().notifications.list({ query: { limit: 2, cursor: first.cursor ?? '' } })
    expect([...first.items, ...second.items].map((one) => one.visitId)).toEqual(visits.map((one) => one.id).reverse())
    expect([first.unread, second.cursor]).toEqual([3, null])
    expect(second.patients.map((one) => one.id)).toEqual([visits[0]?.patientId])
  })
})

describe('S3 how somebody is told', () => {
  test('is theirs, and kept; a stale choice is refused with the present one', async () => {
    const usual = await doctor().notifications.preferences({})
    const levels = { ...usual.levels, check_in: 'silent' as const }
    const chosen = await doctor().notifications.setPreferences({ body: { version: usual.version, levels } })
    const again = { ...levels, transfer: 'silent' as const }
    const { data } = await refusal(
      doctor().notifications.setPreferences({ body: { version: usual.version, levels: again } }),
      'stale_version',
    )
    expect(data).toEqual({ current: chosen })
    await doctor().notifications.setPreferences({ body: { version: chosen.version, levels: again } })
    expect((await doctor().notifications.preferences({})).levels).toEqual(again)
    expect((await rao.api.notifications.preferences({})).levels).toEqual(usual.levels)
  })
})

test('S3 a snapshot has what is unread and the choice, of that person, in whichever clinic', async () => {
  await clinic.aVisit()
  await anAppointment(clinic, 30)
  const [, older] = await toldTo(doctor())
  await doctor().notifications.read({ params: { id: older?.id ?? '' } })
  const elsewhere = uuidv7()
  const body = { id: elsewhere, name: 'Elsewhere', timeZone: 'Asia/Dhaka', currency: 'BDT', language: 'en' as const }
  await clinic.as.administrator.clinics.create({ body })
  const {
    version,
    username: _,
    id,
    ...fields
  } = await clinic.as.administrator.users.get({
    params: { id: clinic.people.doctor.session.user.id },
  })
  const clinicIds = [...fields.clinicIds, elsewhere]
  await clinic.as.administrator.users.update({ params: { id }, body: { ...fields, version, clinicIds } })
  for (const clinicId of clinicIds) {
    const { data } = await doctor().feed.snapshot({ params: { id: clinicId } })
    expect(data.notifications).toMatchObject([{ kind: 'appointment_created', readAt: null }])
    expect(data.notificationPreferences?.map((one) => one.id)).toEqual([id])
    const about = data.notifications?.[0]?.parameters.patientId
    expect(data.patients?.filter((patient) => patient.id === about)).toHaveLength(1)
  }
  const { data } = await rao.api.feed.snapshot({ params: { id: clinic.clinicId } })
  expect(data.notifications).toEqual([])
})
