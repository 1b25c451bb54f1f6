import { Refusal } from '../../contract/errors.ts'
import { demandClinic } from '../auth/person.ts'
import { getRecord } from '../db/get.ts'
import { api } from '../http/api.ts'
import { keepSlipDetails, keepTested, ofMine } from './commands.ts'
import { pageUrl, phonePagesOf, publicAddresses } from './queries.ts'

const { phonePages } = api

export const phonePagesRoutes = {
  get: phonePages.get.handler(({ input, context }) => {
    const clinic = getRecord(context.read, 'clinics', input.params.id)
    demandClinic(context.person, clinic.id)
    return phonePagesOf(context.hub, clinic.id)
  }),

  begin: phonePages.begin.handler(async ({ input, context: { hub, write } }) => {
    const { address } = input.body
    await write((w) => {
      const { id } = ofMine(w, input.params.id)
      if (!publicAddresses(hub).includes(address)) throw new Refusal('unreachable')
      w.audit({ detail: { address } })
      w.afterCommit(() => hub.phoneTests.begin(id, address))
    })
    return phonePagesOf(hub, input.params.id)
  }),

  confirm: phonePages.confirm.handler(async ({ input, context: { hub, write } }) => {
    const { id } = input.params
    await write((w) => {
      ofMine(w, id)
      const test = hub.phoneTests.of(id)
      if (test?.code !== input.body.code || test.openedAt === null) throw new Refusal('not_opened')
      keepTested(w, id, test.address)
      w.afterCommit(() => hub.phoneTests.end(id))
    })
    return phonePagesOf(hub, id)
  }),

  update: phonePages.update.handler(async ({ input, context: { hub, write } }) => {
    const { slipDetails, tested } = input.body
    await write((w) => {
      keepSlipDetails(w, input.params.id, slipDetails)
      if (tested === false) keepTested(w, input.params.id, null)
    })
    return phonePagesOf(hub, input.params.id)
  }),

  ticket: phonePages.ticket.handler(({ input, context }) => {
    const visit = getRecord(context.read, 'visits', input.params.id)
    demandClinic(context.person, visit.clinicId)
    return pageUrl(context.hub, 'ticket', visit)
  }),

  slip: phonePages.slip.handler(({ input, context }) => {
    const appointment = getRecord(context.read, 'appointments', input.params.id)
    demandClinic(context.person, appointment.clinicId)
    return pageUrl(context.hub, 'slip', appointment)
  }),
}
