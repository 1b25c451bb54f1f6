import { Refusal } from '../../contract/errors.ts'
import { api } from '../http/api.ts'
import { LOOPBACK } from '../http/context.ts'
import { checkNetwork } from './check.ts'
import { networkOf } from './queries.ts'

const { network } = api

export const networkRoutes = {
  get: network.get.handler(({ context }) => networkOf(context.hub)),

  choose: network.choose.handler(async ({ input, context }) => {
    const { hub } = context
    const { cards } = input.body
    await context.write((w) => {
      w.sql.run`update hub set lanCards = ${JSON.stringify(cards)}`
      w.audit({
        noun: 'hub',
        recordId: hub.hubId,
        detail: { cards: typeof cards === 'string' ? cards : cards.join(', ') },
      })
    })
    await hub.lan?.choose(cards)
    await hub.publicSide?.choose(cards)
    return networkOf(hub)
  }),

  check: network.check.handler(async ({ context }) => ({ steps: await checkNetwork(context.hub) })),

  rotateRoot: network.rotateRoot.handler(async ({ context }) => {
    const { hub } = context
    try {
      await hub.trust.rotate(context.now, () => context.write((w) => w.audit({ noun: 'hub', recordId: hub.hubId })))
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'in_use') throw error
      return context.write(() => {
        throw error
      })
    }
    // Who is just being paired was told of the root before, and would take the new one for somebody else's.
    hub.pairing.close()
    hub.lan?.trustChanged()
    return networkOf(hub)
  }),

  resign: network.resign.handler(async ({ context }) => {
    const { hub, device, response } = context
    const { resign } = hub
    await context.write((w) => {
      w.audit({ noun: 'hub', recordId: hub.hubId })
      if (device !== LOOPBACK) throw new Refusal('forbidden')
      // Such as a demonstration: what it is was not decided here.
      if (!resign) throw new Refusal('in_use', { by: 'its own command' })
    })
    // The page that asked hears the answer first.
    const leave = resign?.()
    if (leave) response.once('close', leave)
    return { role: 'new' as const }
  }),

  finishRotation: network.finishRotation.handler(async ({ context }) => {
    const { hub } = context
    await context.write((w) => w.audit({ noun: 'hub', recordId: hub.hubId }))
    await hub.trust.finishRotation()
    hub.lan?.trustChanged()
    return networkOf(hub)
  }),
}
