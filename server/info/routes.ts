import { OLDEST_PROTOCOL, PROTOCOL } from '../../contract/protocol.ts'
import { VERSION } from '../../local/version.ts'
import { api } from '../http/api.ts'
import { clinicName } from './queries.ts'

export const infoRoutes = {
  info: api.hub.info.handler(({ context: { hub, read, device } }) => ({
    name: clinicName(read),
    hubId: hub.hubId,
    epoch: hub.epoch,
    version: VERSION,
    protocol: { oldest: OLDEST_PROTOCOL, newest: PROTOCOL },
    device: read.get<{ id: string; name: string }>`select id, name from devices where id = ${device}` ?? null,
    root: hub.trust.root().fingerprint,
    demonstration: hub.demonstration,
  })),
}
