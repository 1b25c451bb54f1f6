import type { AuditRow } from '../../contract/hub.ts'
import { api } from '../http/api.ts'

export const auditRoutes = {
  list: api.audit.list.handler(({ input, context: { read } }) => {
    const { before = Number.MAX_SAFE_INTEGER, actorId = null, action = null, recordId = null, limit } = input.query
    const items = read.all<AuditRow>`
      select id, at, actorId, device, action, noun, recordId, outcome, hash from audit
      where id < ${before} and (${actorId} is null or actorId = ${actorId})
      and (${action} is null or action = ${action}) and (${recordId} is null or recordId = ${recordId})
      order by id desc limit ${limit}`
    return { items }
  }),
}
