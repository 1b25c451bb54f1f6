import { Refusal } from '../../contract/errors.ts'
import type { Payment } from '../../contract/money.ts'
import type { Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { visitFor } from '../visits/step.ts'
import { takePayment } from './commands.ts'

type ForFamily = {
  method: Payment['method']
  visits: { id: string; visitId: string; version: number; amountMinor: number }[]
}

/** Q12: one pays for all. Each visit keeps payments, balance and receipt number of its own (M3); one refusal refuses all. */
export function takeForFamily(w: W<Person>, { method, visits: parts }: ForFamily): { payments: Payment[] } {
  const visits = parts.map(({ visitId, version }) => visitFor(w, visitId, version))
  const families = new Set(visits.map(({ familyId, clinicId }) => familyId && `${clinicId} ${familyId}`))
  const different = new Set(visits.map(({ id }) => id)).size === visits.length
  if (families.size !== 1 || families.has(null) || !different)
    throw new Refusal('bad_input', { fields: [{ field: 'visits', message: 'must be different visits of one family' }] })
  return {
    payments: parts.map(({ id, visitId, amountMinor }) =>
      takePayment(w, { id, visitId, amountMinor, method, appointmentId: null }),
    ),
  }
}
