import type { Logger } from 'pino'
import { Refusal } from '../../contract/errors.ts'
import { stranger } from '../auth/commands.ts'
import type { Door, W } from '../db/door.ts'
import type { SqlReader } from '../db/sql.ts'
import { allDevicesOffline, setDeviceOnline } from './commands.ts'

/** A station asks every few seconds; one that changes its connection has not been away, in milliseconds. */
const GRACE_MS = 6000

export type DevicePresence = ReturnType<typeof trackDevices>

/** Keeps which stations are linked: a station is online while any of its connections is open. */
export function trackDevices(door: Door, read: SqlReader, log: Logger) {
  const links = new Map<string, number>()
  const leaving = new Map<string, NodeJS.Timeout>()
  const stale = read.get`select 1 from devices where online = 1`
  let last = stale ? kept('devices.reset', allDevicesOffline) : Promise.resolve()

  return {
    linked: (deviceId: string) => {
      const count = (links.get(deviceId) ?? 0) + 1
      links.set(deviceId, count)
      clearTimeout(leaving.get(deviceId))
      // Within the grace it never was away.
      if (count === 1 && !leaving.delete(deviceId)) note(deviceId, true)
    },
    parted: (deviceId: string) => {
      const count = (links.get(deviceId) ?? 0) - 1
      if (count > 0) links.set(deviceId, count)
      else {
        links.delete(deviceId)
        const timer = setTimeout(() => {
          leaving.delete(deviceId)
          note(deviceId, false)
        }, GRACE_MS)
        leaving.set(deviceId, timer)
      }
    },
    close: async () => {
      for (const timer of leaving.values()) clearTimeout(timer)
      await last
    },
  }

  function note(deviceId: string, online: boolean): void {
    last = kept('devices.link', (w) => setDeviceOnline(w, deviceId, online))
  }

  function kept(action: string, command: (w: W) => void): Promise<void> {
    return door.write(stranger, action, command).catch((error: unknown) => {
      // The disk refuses: health says so already, and the next change tries again. Anything else is a bug.
      if (!(error instanceof Refusal)) log.error({ err: error }, 'the link of a device was not kept')
    })
  }
}
