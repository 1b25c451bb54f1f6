import type { Clinic, Closure } from '../../contract/clinics.ts'
import { api, newId } from '../live/api.ts'
import { type Command, perform } from '../live/perform.ts'
import { save } from '../live/save.ts'
import { adopt } from '../live/store.ts'
import { openPhoneList } from '../phone-calls/open-phone-list.tsx'
import { openDialog } from '../ui/dialogs.tsx'
import { t } from '../ui/i18n.ts'
import { toast } from '../ui/toasts.ts'

export const CLINIC_KEY = 'clinic.save'
export const CLOSURE_KEY = 'clinic.close'

type Fields = Omit<Clinic, 'id' | 'version'>

export function saveClinic(before: Clinic, fields: Fields, on: Command<Clinic>['on'] = {}) {
  const { id: _id, version: _version, ...was } = before
  return save<Clinic>({
    noun: 'clinics',
    key: CLINIC_KEY,
    on,
    run: (intent) => put(before, fields, intent),
    done: (clinic) => t('form.saved', { name: clinic.name }),
    undo: (after) => put(after, was, newId()),
  })
}

const put = ({ id, version }: Clinic, fields: Fields, intent: string) =>
  api.clinics.update({ params: { id }, body: { version, ...fields } }, { context: { intent } })

export async function openClosure() {
  const { ClosureDialog } = await import('./ClosureDialog.tsx')
  openDialog((close) => <ClosureDialog onClose={close} />)
}

/** A1: what is booked on those days is answered, for a person to move. */
export async function closeClinic(
  clinicId: string,
  fields: { from: string; to: string; reason: string },
  on: Command<unknown>['on'] = {},
): Promise<boolean> {
  const answer = await perform({
    key: CLOSURE_KEY,
    wanted: CLOSURE_KEY,
    on,
    run: (id) => api.clinics.close({ params: { id: clinicId }, body: { id, ...fields } }, { context: { intent: id } }),
  })
  if (!answer) return false
  adopt({ closures: [answer.closure], phoneCalls: answer.phoneCalls })
  toast({
    tone: 'plain',
    text: t('closure.done'),
    undo: () => void withdrawClosure(answer.closure),
  })
  if (answer.phoneCalls.length > 0) openPhoneList({ title: t('closure.touched'), calls: answer.phoneCalls })
  return true
}

export async function withdrawClosure({ id: closureId, clinicId }: Closure): Promise<void> {
  const closure = await perform({
    key: `closure.withdraw.${closureId}`,
    run: (intent) => api.clinics.withdrawClosure({ params: { id: clinicId, closureId } }, { context: { intent } }),
  })
  if (!closure) return
  adopt({ closures: [closure] })
  toast({ tone: 'plain', text: t('closure.withdrawn') })
}
