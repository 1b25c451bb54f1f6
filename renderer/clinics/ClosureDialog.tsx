import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { day, line } from '../../contract/values.ts'
import { useClinicId, useToday } from '../live/clinic.ts'
import { settle } from '../live/intents.ts'
import { useBusy } from '../live/perform.ts'
import { DayInput } from '../ui/DayInput.tsx'
import { FormDialog } from '../ui/FormDialog.tsx'
import { fieldsOf, landBadInput, useDraftForm } from '../ui/use-form.ts'
import { CLOSURE_KEY, closeClinic } from './commands.tsx'

const schema = z
  .object({ from: day, to: day, reason: line(120) })
  .refine(({ from, to }) => to >= from, { path: ['to'], error: 'must not be before its beginning' })

export function ClosureDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const clinicId = useClinicId()
  const today = useToday()
  const busy = useBusy(CLOSURE_KEY)
  const { form, forget } = useDraftForm(schema, 'closure', { from: today, to: today, reason: '' })
  const { text, choice, set } = fieldsOf(form)
  const leave = () => {
    settle(CLOSURE_KEY)
    forget()
    onClose()
  }
  const send = form.handleSubmit(async (fields) => {
    if (await closeClinic(clinicId, fields, { bad_input: (data) => landBadInput(form, data) })) leave()
  })
  return (
    <FormDialog title={t('closure.add')} verb={t('closure.verb')} busy={busy} onSubmit={send} onClose={leave}>
      <DayInput
        label={t('common.from')}
        {...choice('from')}
        onChange={(from) => {
          set('from', from ?? '')
          if (from && from > form.getValues('to')) set('to', from)
        }}
        data-autofocus
      />
      <DayInput label={t('common.toDay')} {...choice('to')} onChange={(to) => set('to', to ?? '')} />
      <TextInput label={t('common.reason')} {...text('reason')} />
      <p className="soft">{t('closure.text')}</p>
    </FormDialog>
  )
}
