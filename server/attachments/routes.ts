import type { Attachment } from '../../contract/attachments.ts'
import { demandClinic, getOwnVersion, type Person } from '../auth/person.ts'
import { aboutVisit, announceClinical, visitOf, withdraw } from '../consultations/step.ts'
import type { W } from '../db/door.ts'
import { demandNew, getRecord } from '../db/get.ts'
import { api } from '../http/api.ts'
import { readPart, type StoredFile } from './files.ts'

const { attachments } = api

type New = Pick<Attachment, 'id' | 'visitId' | 'name'> & StoredFile

function addAttachment(w: W<Person>, { id, visitId, name, type, bytes, sha256 }: New): Attachment {
  const visit = visitOf(w, visitId)
  demandNew(w.sql, 'attachments', id)
  const { doctorId: _, ...about } = aboutVisit(w, visit)
  const by = { addedAt: w.now, addedById: w.actor.userId, withdrawnAt: null, version: 1 }
  const attachment = w.insert('attachments', { id, ...about, name, type, bytes, sha256, ...by })
  announceClinical(w, 'attachment_updated', { attachments: [attachment] })
  return attachment
}

export const attachmentRoutes = {
  upload: attachments.upload.handler(async ({ input, context }) => {
    const upload = { userId: context.person.userId, id: input.params.id }
    return { received: await context.hub.files.receive(upload, input.body) }
  }),
  add: attachments.add.handler(async ({ input, context }) => {
    const { id, visitId, uploadId, name } = input.body
    // Asked before the file is touched, and once more in the command.
    demandClinic(context.person, getRecord(context.read, 'visits', visitId).clinicId)
    const record = (file: StoredFile) => context.write((w) => addAttachment(w, { id, visitId, name, ...file }))
    // Sent again because its answer was lost, it is there already, and the door has the answer.
    const there = context.read.find('attachments', id)
    if (there) return record(there)
    return context.hub.files.keep({ userId: context.person.userId, id: uploadId }, record)
  }),
  // P5: each part that is read is a row of the audit, wherever it begins.
  content: attachments.content.handler(async ({ input, context }) => {
    const { offset } = input.query
    const attachment = getRecord(context.read, 'attachments', input.params.id)
    demandClinic(context.person, attachment.clinicId)
    const part = await readPart(context.hub.dataDir, attachment, offset)
    await context.write((w) => {
      w.audit({ noun: 'attachments', recordId: attachment.id, detail: { patient: attachment.patientId, offset } })
      return null
    })
    return part
  }),
  withdraw: attachments.withdraw.handler(({ input, context }) =>
    context.write((w) => {
      const current = getOwnVersion(w, 'attachments', input.params.id, input.body.version)
      const attachment = withdraw(w, 'attachments', current, input.body.withdrawn)
      announceClinical(w, 'attachment_updated', { attachments: [attachment] })
      return attachment
    }),
  ),
}
