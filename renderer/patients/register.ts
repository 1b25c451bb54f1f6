import { api } from '../live/api.ts'
import { perform } from '../live/perform.ts'
import { adopt } from '../live/store.ts'
import { bornFrom, type NewPatient } from './new-patient.ts'

/** Registers; `undefined` when it was refused, which has been said. `wanted` names whom, for `perform`. */
export async function registerPatient(clinicId: string, value: NewPatient, today: string, wanted: string) {
  const born = value.born.trim() ? bornFrom(value.born, today) : undefined
  const patient = await perform({
    key: 'patient.register',
    wanted,
    run: (id) =>
      api.patients.register(
        {
          body: {
            id,
            clinicId,
            familyName: value.familyName,
            givenName: value.givenName,
            sex: value.sex,
            phones: value.phone.trim() ? [value.phone] : [],
            ...born,
          },
        },
        { context: { intent: id } },
      ),
  })
  if (patient) adopt({ patients: [patient] })
  return patient
}
