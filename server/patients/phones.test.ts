import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal } from '../../test/support/api-client.ts'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'

let clinic: TestClinic
beforeAll(async () => {
  clinic = await aClinic()
})
afterAll(() => clinic.close())

const create = (fields: object) =>
  clinic.as.receptionist.patients.register({
    body: { id: uuidv7(), clinicId: clinic.clinicId, familyName: 'Okafor', ...fields },
  })
const problem = (field: string) => ({ fields: [{ field, message: 'must have a digit' }] })

test('P1 a phone number without any digit is refused by name, in any script it is taken', async () => {
  expect((await create({ phones: ['০১৭১২ ৩৪৫৬৭৮', 'home: 12'] })).phones).toHaveLength(2)
  expect((await refusal(create({ phones: ['0171', 'none'] }), 'bad_input')).data).toEqual(problem('phones.1'))
  const guardian = { name: 'Ada', relation: 'mother' }
  expect((await create({ guardian })).guardian?.phone).toBe('')
  const sent = create({ guardian: { ...guardian, phone: '-' } })
  expect((await refusal(sent, 'bad_input')).data).toEqual(problem('guardian.phone'))
})
