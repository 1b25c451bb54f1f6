import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal } from '../../test/support/api-client.ts'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'

let clinic: TestClinic
beforeAll(async () => {
  clinic = await aClinic()
})
afterAll(() => clinic.close())

test('Q7 two doctors on one pool never get the same patient', async () => {
  const { as, doctor, otherDoctor, poolId } = clinic
  for (let round = 0; round < 3; round++) await clinic.aVisit({ poolId })
  const calls = await Promise.all([
    as.doctor.visits.callNext({ body: { doctorId: doctor.id } }),
    as.receptionist.visits.callNext({ body: { doctorId: otherDoctor.id } }),
  ])
  expect(calls.map((visit) => visit?.status)).toEqual(['called', 'called'])
  expect(calls[0]?.id).not.toBe(calls[1]?.id)
  expect(calls[0]?.roomId).toBe(clinic.roomId)
  await refusal(as.doctor.visits.callNext({ body: { doctorId: doctor.id } }), 'patient_still_open')
})
