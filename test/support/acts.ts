import { v7 as uuidv7 } from 'uuid'
import type { Appointment } from '../../contract/appointments.ts'
import type { Bed } from '../../contract/beds.ts'
import { role } from '../../contract/permissions.ts'
import type { Vitals } from '../../contract/triage.ts'
import type { Urgency, Visit, VisitStatus } from '../../contract/visits.ts'
import { goOn } from '../../server/alerts/watch.ts'
import { type ApiClient, type SignedInClient, signIn } from './api-client.ts'
import { PASSWORD, type TestClinic } from './clinic.ts'

/** Somebody who holds every role, so that a test can look at what is refused for another reason. */
export async function anybody(clinic: TestClinic): Promise<SignedInClient> {
  await clinic.as.administrator.users.create({
    body: {
      id: uuidv7(),
      username: 'anybody',
      displayName: 'Any Body',
      password: PASSWORD,
      roles: [...role.options],
      clinicIds: [clinic.clinicId],
    },
  })
  return signIn(clinic.hub.url, 'anybody', PASSWORD)
}

/** Takes a visit through some statuses, with whatever each of them needs. */
export async function take(api: ApiClient, visit: Visit, ...statuses: VisitStatus[]): Promise<Visit> {
  let current = visit
  for (const status of statuses)
    current = await api.visits.setStatus({
      params: { id: current.id },
      body: { version: current.version, status, reason: 'a reason' },
    })
  return current
}

/** A booked appointment of a new patient with the first doctor today, `at` minutes after nine, or as is said. */
export async function anAppointment(
  clinic: TestClinic,
  at: number,
  fields: Partial<Pick<Appointment, 'doctorId' | 'patientId' | 'serviceId'>> = {},
): Promise<Appointment> {
  const patientId = fields.patientId ?? (await clinic.aPatient()).id
  return clinic.as.receptionist.appointments.book({
    body: {
      id: uuidv7(),
      doctorId: fields.doctorId ?? clinic.doctor.id,
      patientId,
      serviceId: fields.serviceId ?? clinic.service.id,
      startsAt: nine(clinic, at),
    },
  })
}

/** One of everything that is written of a visit, by the clinic's doctor; each with the visit's words. */
export async function aRecord(clinic: TestClinic, visitId: string) {
  const api = clinic.as.doctor
  const [prescription, order, file, followUp] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()]
  const body = { version: 0, reason: 'a cough', notes: 'notes', diagnoses: [{ text: 'Common cold' }] }
  await api.consultations.save({ params: { id: visitId }, body })
  await api.prescriptions.add({ body: { id: prescription, visitId, medicine: 'Paracetamol', allergyReason: 'known' } })
  await api.orders.add({ body: { id: order, visitId, kind: 'lab', what: 'Full blood count' } })
  const content = Buffer.from('%PDF-1.7 nothing').toString('base64')
  await api.attachments.upload({ params: { id: file }, body: { offset: 0, content } })
  await api.attachments.add({ body: { id: file, visitId, uploadId: file, name: 'a.pdf' } })
  const byDay = new Date(clinic.clock.now() + 7 * 86_400_000).toISOString().slice(0, 10)
  await api.followUps.make({ body: { id: followUp, visitId, byDay } })
  return { prescription, order, file, followUp }
}

/** Within every normal range of an adult, on air; the rest was not taken. */
export const well = {
  respiration: 16,
  spo2: 97,
  oxygen: 'air',
  systolic: 120,
  diastolic: 80,
  pulse: 70,
  consciousness: 'A',
  temperatureTenths: 370,
} as const satisfies Partial<Vitals>

/** NEWS2 7: short of breath, feverish, a fast pulse. */
export const ill = { ...well, respiration: 25, spo2: 93, pulse: 115 } as const satisfies Partial<Vitals>

/** A nurse's look at a visit as it stands in the hub, with what was taken and the level given. */
export function triageOf(clinic: TestClinic, visitId: string, vitals: Partial<Vitals>, level: Urgency = 'standard') {
  const version = clinic.hub.databases.read.find('visits', visitId)?.version ?? 0
  return clinic.as.nurse.triage.record({
    params: { id: visitId },
    body: { id: uuidv7(), version, vitals, pregnancy: 'no', level },
  })
}

/** What the hub does by its clock, at this instant; anything that fails fails the test. */
export function hubLooks({ hub, clock }: Pick<TestClinic, 'hub' | 'clock'>): Promise<void> {
  const { read } = hub.databases
  return goOn({ door: hub.door, clock: clock.now, readTogether: (act) => act(read) }, (_, error) => {
    throw error
  })
}

/** A free bed in the first room. */
export function aBed(clinic: TestClinic, label = 'Bed 1', roomId = clinic.roomId): Promise<Bed> {
  return clinic.as.administrator.beds.create({ body: { id: uuidv7(), clinicId: clinic.clinicId, roomId, label } })
}

/** The instant so many minutes after nine in the morning of the clinic's present day (Dhaka). */
export function nine(clinic: TestClinic, minutes: number): string {
  const day = new Date(clinic.clock.now()).toISOString().slice(0, 10)
  return new Date(Date.parse(`${day}T03:00:00.000Z`) + minutes * 60_000).toISOString()
}
