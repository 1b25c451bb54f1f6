import { OLDEST_PROTOCOL, PROTOCOL } from '../../contract/protocol.ts'
import { VERSION } from '../../local/version.ts'
import { api } from '../http/api.ts'

export const infoRoutes = {
  info: api.hub.info.handler(({ context: { hub, read } }) => ({
    name: read.get<{ name: string }>`select name from clinics order by rowid limit 1`?.name ?? 'Anteroom',
    hubId: hub.hubId,
    epoch: hub.epoch,
    version: VERSION,
    protocol: { oldest: OLDEST_PROTOCOL, newest: PROTOCOL },
    device: null,
    root: null,
    demonstration: hub.demonstration,
  })),
}
