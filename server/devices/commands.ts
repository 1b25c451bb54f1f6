import type { Device } from '../../contract/devices.ts'
import { Refusal } from '../../contract/errors.ts'
import { endSessions } from '../auth/commands.ts'
import type { Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { demandVersion, getRecord } from '../db/get.ts'
import type { SqlReader } from '../db/sql.ts'

/** What a device is known by: its public key (DER in base64url), and the root that signed its certificate. */
type Key = { publicKey: string; rootFingerprint: string }

/**
 * A computer that was paired. One that pairs anew with the key that it had is a new device; what it was is over.
 *
 * @returns the new device, and the one that it was, if any
 */
export function addDevice(w: W<Person>, { name, publicKey, rootFingerprint, id }: Key & { id: string; name: string }) {
  const before = w.sql.get<{ deviceId: string }>`select deviceId from deviceKeys where publicKey = ${publicKey}`
  const ended = before ? revokeDevice(w, before.deviceId).ended : []
  if (before) w.sql.run`delete from deviceKeys where publicKey = ${publicKey}`
  demandFreeName(w.sql, name)
  const device = w.insert('devices', {
    id,
    name,
    pairedAt: w.now,
    pairedById: w.actor.userId,
    online: false,
    since: w.now,
    revokedAt: null,
    version: 1,
  })
  w.sql
    .run`insert into deviceKeys (deviceId, publicKey, rootFingerprint) values (${id}, ${publicKey}, ${rootFingerprint})`
  w.audit({ noun: 'devices', recordId: id })
  announce(w, device)
  return { device, before: before?.deviceId, ended }
}

/** @throws Refusal `not_found`, `stale_version`, or `already_exists` when another computer has that name */
export function renameDevice(w: W, id: string, { version, name }: { version: number; name: string }): Device {
  const current = getRecord(w.sql, 'devices', id)
  demandVersion(current, version)
  if (name !== current.name) demandFreeName(w.sql, name)
  const next = w.update('devices', { ...current, name, version: version + 1 })
  announce(w, next)
  return next
}

/** The sessions that were begun on it end with it. Its connections are cut after the commit, by whoever asked for this. */
export function revokeDevice(w: W, id: string): { device: Device; ended: string[] } {
  w.audit({ noun: 'devices', recordId: id })
  const current = getRecord(w.sql, 'devices', id)
  if (current.revokedAt !== null) return { device: current, ended: [] }
  const since = current.online ? w.now : current.since
  const next = { ...current, revokedAt: w.now, online: false, since, version: current.version + 1 }
  w.update('devices', next)
  const ended = w.sql.all<{ id: string }>`select id from sessions where "where" = ${id} and endedAt is null`.map(
    (row) => row.id,
  )
  endSessions(w, ended, 'device_revoked')
  announce(w, next)
  return { device: next, ended }
}

/** Whether its link is up. Who was revoked has none. */
export function setDeviceOnline(w: W, id: string, online: boolean): void {
  const current = getRecord(w.sql, 'devices', id)
  if (current.online === online || current.revokedAt !== null) return
  announce(w, w.update('devices', { ...current, online, since: w.now, version: current.version + 1 }))
}

/** After a start no link is up, whatever was true when the hub died. */
export function allDevicesOffline(w: W): void {
  for (const { id } of w.sql.all<{ id: string }>`select id from devices where online = 1`) setDeviceOnline(w, id, false)
}

/** A station has shown a certificate of that root. */
export function noteRoot(w: W, deviceId: string, rootFingerprint: string): void {
  w.sql.run`update deviceKeys set rootFingerprint = ${rootFingerprint} where deviceId = ${deviceId}`
  w.audit({ noun: 'devices', recordId: deviceId })
}

/**
 * @param key the computer with this public key may have the name: it is the one that is to get it
 * @throws Refusal `already_exists`: two computers of one name would be taken for each other
 */
export function demandFreeName(sql: SqlReader, name: string, key = ''): void {
  const taken = sql.get`
    select 1 from devices d join deviceKeys k on k.deviceId = d.id
    where d.name = ${name} and d.revokedAt is null and k.publicKey <> ${key}`
  if (taken) throw new Refusal('already_exists', { field: 'name' })
}

function announce(w: W, device: Device): void {
  w.record('device_updated', { clinicIds: [] }, { devices: [device] })
}
