import { readFileSync } from 'node:fs'
import { OLDEST_PROTOCOL, PROTOCOL } from '../../contract/protocol.ts'
import { api } from '../http/api.ts'

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

export const infoRoutes = {
  info: api.hub.info.handler(({ context: { hub, read } }) => ({
    name: read.get<{ name: string }>`select name from clinics order by rowid limit 1`?.name ?? 'Anteroom',
    hubId: hub.hubId,
    epoch: hub.epoch,
    version,
    protocol: { oldest: OLDEST_PROTOCOL, newest: PROTOCOL },
    demonstration: hub.demonstration,
  })),
}
