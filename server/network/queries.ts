import { writePairingString } from '../../contract/discovery.ts'
import type { Network } from '../../contract/network.ts'
import type { SqlReader } from '../db/sql.ts'
import type { HubParts } from '../http/context.ts'
import type { Choice } from '../lan/card-listeners.ts'

/** How much of the root's fingerprint people and pairing strings carry. */
const SHOWN = 22

/** The cards that the hub listens on. */
export function lanChoice(sql: SqlReader): Choice {
  const { lanCards } = sql.get<{ lanCards: string }>`select lanCards from hub` ?? { lanCards: '"all"' }
  return JSON.parse(lanCards) as Choice
}

/** Where on the network the hub can be reached. */
export function networkOf({ hubId, lan, trust, read }: HubParts): Network {
  const choice = lanChoice(read)
  const port = lan?.port ?? 0
  const fingerprint = trust.root().fingerprint.slice(0, SHOWN)
  const addresses = (lan?.addresses ?? []).slice(0, 16).map((address) => `${address}:${port}`)
  const rotation = trust.rotation()
  return {
    hubId,
    port,
    cards: choice === 'all' ? choice : [...choice],
    present: (lan?.cards() ?? []).map(({ name, address, chosen, listening }) => ({ name, address, chosen, listening })),
    fingerprint,
    pairingString: addresses.length > 0 ? writePairingString({ hubId, addresses, fingerprint }) : '',
    rotation: rotation && { since: rotation.since, waitingFor: devicesOfOldRoot(read, trust.root().fingerprint) },
  }
}

/** The computers that have not yet shown a certificate of this root. */
function devicesOfOldRoot(sql: SqlReader, fingerprint: string): string[] {
  return sql.all<{ id: string }>`
    select d.id from devices d join deviceKeys k on k.deviceId = d.id
    where d.revokedAt is null and k.rootFingerprint <> ${fingerprint} order by d.name, d.id`.map((row) => row.id)
}
