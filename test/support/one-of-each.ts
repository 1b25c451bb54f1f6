import { v7 as uuidv7 } from 'uuid'
import { aBed, anAppointment, anybody, aRecord, triageOf, well } from './acts.ts'
import type { KnownIds } from './api-input.ts'
import type { TestClinic } from './clinic.ts'

/** Makes one of each kind of record in a clinic; answers their ids by the words that the routes' paths have for them. */
export async function oneOfEach(clinic: TestClinic): Promise<KnownIds> {
  const { clinicId } = clinic
  const { api } = await anybody(clinic)
  const visit = await clinic.aVisit({ serviceId: clinic.service.id })
  const patientId = visit.patientId ?? ''
  const appointment = await anAppointment(clinic, 60)
  const { charges } = await api.charges.list({ params: { id: visit.id } })
  const payment = await api.payments.take({
    body: { id: uuidv7(), visitId: visit.id, amountMinor: 1, method: 'cash' },
  })
  const items = [{ substance: 'Penicillin' }]
  await api.patients.setAllergies({ params: { id: patientId }, body: { version: 1, state: 'listed', items } })
  const { visit: emergency } = await api.visits.emergency({
    body: { id: uuidv7(), clinicId, dangerSigns: ['chest_pain'] },
  })
  const { items: alerts } = await api.alerts.list({ query: { clinicId } })
  const bed = await aBed(clinic)
  const record = await aRecord(clinic, visit.id)
  await triageOf(clinic, visit.id, well)
  return {
    clinicId: [clinicId],
    clinics: [clinicId],
    boards: [clinicId],
    pools: [clinic.poolId],
    doctors: [clinic.doctor.id],
    doctorId: [clinic.doctor.id],
    services: [clinic.service.id],
    serviceId: [clinic.service.id],
    rooms: [clinic.roomId],
    roomId: [clinic.roomId],
    beds: [bed.id],
    patients: [patientId],
    patientId: [patientId],
    appointments: [appointment.id],
    appointmentId: [appointment.id],
    visits: [visit.id, emergency.id],
    visitId: [visit.id],
    charges: charges.map((charge) => charge.id),
    payments: [payment.id],
    alerts: alerts.map((alert) => alert.id),
    prescriptions: [record.prescription],
    orders: [record.order],
    attachments: [record.file],
    'follow-ups': [record.followUp],
  }
}
