import type { IncomingMessage } from 'node:http'
import { Refusal } from '../../contract/errors.ts'
import { newId } from '../db/new-id.ts'
import { addDevice, demandFreeName } from '../devices/commands.ts'
import { cutOff } from '../devices/routes.ts'
import { api } from '../http/api.ts'
import type { Context, HubParts } from '../http/context.ts'
import { clinicName } from '../info/queries.ts'
import type { Approved } from './openings.ts'

const { pairing } = api

export const pairingRoutes = {
  state: pairing.state.handler(({ context }) => context.hub.pairing.state()),

  open: pairing.open.handler(async ({ context }) => {
    const { hub } = context
    await context.write((w) => w.afterCommit(() => hub.pairing.open()))
    return hub.pairing.state()
  }),

  close: pairing.close.handler(async ({ context }) => {
    const { hub } = context
    await context.write((w) => w.afterCommit(() => hub.pairing.close()))
    return hub.pairing.state()
  }),

  ask: pairing.ask.handler(({ input, context }) =>
    counted(context, 'pairing.ask', async ({ pairing, hubId, read }) => {
      const address = addressOf(context.request)
      const { root, commitment } = await pairing.ask({ ...input.body, address })
      return { hubId, name: clinicName(read), root, commitment }
    }),
  ),

  reveal: pairing.reveal.handler(({ input, context }) =>
    counted(context, 'pairing.reveal', ({ pairing }) => pairing.reveal(input.params.id, input.body.stationNonce)),
  ),

  outcome: pairing.outcome.handler(({ input, context }) =>
    counted(context, 'pairing.outcome', async ({ pairing }) => {
      const gone = new AbortController()
      context.response.once('close', () => gone.abort())
      return pairing.outcome(input.params.id, gone.signal)
    }),
  ),

  approve: pairing.approve.handler(async ({ input, context }) => {
    const { id } = input.params
    const { digits, name } = input.body
    const { hub } = context
    // Asked first, for the digits can be tried only once.
    const key = await attempt(context, id, () => hub.pairing.publicKeyOf(id))
    demandFreeName(context.read, name, key)
    const tried = await attempt(context, id, () => hub.pairing.tryDigits(id, digits))
    let approved: Approved | undefined
    try {
      approved = await approve(context, name, tried.publicKey)
    } finally {
      tried.finish(approved)
    }
    return hub.pairing.state()
  }),

  refuse: pairing.refuse.handler(async ({ input, context }) => {
    const { hub } = context
    await attempt(context, input.params.id, () => hub.pairing.refuse(input.params.id))
    await context.write((w) => w.audit({ recordId: input.params.id }))
    return hub.pairing.state()
  }),
}

/** The certificate, the device and its key. */
async function approve(context: Context, deviceName: string, publicKey: string): Promise<Approved> {
  const { hub } = context
  const deviceId = newId()
  const certificate = await hub.trust.signStation(deviceId, publicKey)
  const rootFingerprint = hub.trust.root().fingerprint
  await context.write((w) => {
    const { before, ended } = addDevice(w, { id: deviceId, name: deviceName, publicKey, rootFingerprint })
    if (before) w.afterCommit(() => cutOff(hub, before, ended))
  })
  return { certificate, deviceId, deviceName }
}

/** What an administrator tried is on record, also when it came to nothing. */
function attempt<T>(context: Context, id: string, act: () => T): T | Promise<never> {
  try {
    return act()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return context.write((w) => {
      w.audit({ noun: 'pairing', recordId: id })
      throw error
    })
  }
}

/** A stranger who is refused is counted, and written down with the others now and then. */
async function counted<T>({ hub }: Context, action: string, act: (hub: HubParts) => Promise<T>): Promise<T> {
  try {
    return await act(hub)
  } catch (error) {
    if (error instanceof Refusal) hub.strangerRefused(action)
    throw error
  }
}

function addressOf({ socket }: IncomingMessage): string {
  return socket.remoteAddress ?? ''
}
