import { fromRows } from '../db/records.ts'
import { api } from '../http/api.ts'
import type { HubParts } from '../http/context.ts'
import { renameDevice, revokeDevice } from './commands.ts'

const { devices } = api

export const deviceRoutes = {
  list: devices.list.handler(({ context }) => ({
    items: fromRows('devices', context.read.all`select * from devices order by name, id`),
  })),
  rename: devices.rename.handler(({ input, context }) =>
    context.write((w) => renameDevice(w, input.params.id, input.body)),
  ),
  revoke: devices.revoke.handler(({ input, context }) =>
    context.write((w) => {
      const { device, ended } = revokeDevice(w, input.params.id)
      w.afterCommit(() => cutOff(context.hub, device.id, ended))
      return device
    }),
  ),
  renew: devices.renew.handler(async ({ context }) => {
    const { hub, device, read } = context
    const row = read.get<{ publicKey: string }>`select publicKey from deviceKeys where deviceId = ${device}`
    if (!row) throw new Error('a device without its key')
    const { trust } = hub
    const certificate = await trust.signStation(device, row.publicKey)
    const actor = { userId: null, sessionId: null, device }
    await hub.door.write(actor, 'device.renew', (w) => w.audit({ noun: 'devices', recordId: device }))
    return {
      certificate,
      root: trust.root().certificate,
      crossSigned: trust.rotation()?.crossSigned ?? null,
    }
  }),
}

/** After the commit of a revocation: its sessions are forgotten and its connections destroyed. */
export function cutOff(hub: HubParts, deviceId: string, ended: readonly string[]): void {
  hub.sessions.changed(ended)
  hub.lan?.cutOff(deviceId)
}
