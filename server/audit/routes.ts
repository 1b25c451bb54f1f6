import type { AuditRow } from '../../contract/hub.ts'
import { api } from '../http/api.ts'

export const auditRoutes = {
  list: api.audit.list.handler(({ input, context: { read } }) => {
    const { before = Number.MAX_SAFE_INTEGER, actorId = null, action = null, recordId, limit } = input.query
    // What happened to one record has an index: it is asked of a table that grows with every command.
    const items = recordId
      ? read.all<AuditRow>`
          select id, at, actorId, device, action, noun, recordId, outcome, hash from audit
          where recordId = ${recordId} and id < ${before} and (${actorId} is null or actorId = ${actorId})
          and (${action} is null or action = ${action}) order by id desc limit ${limit}`
      : read.all<AuditRow>`
          select id, at, actorId, device, action, noun, recordId, outcome, hash from audit
          where id < ${before} and (${actorId} is null or actorId = ${actorId})
          and (${action} is null or action = ${action}) order by id desc limit ${limit}`
    return { items }
  }),
}
