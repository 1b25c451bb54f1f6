import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import type { Doctor } from '../../contract/doctors.ts'
import { day, note, wallTime } from '../../contract/values.ts'
import { addDays, zonedInstant } from '../../rules/clinic-day.ts'
import { useClinic, useToday } from '../live/clinic.ts'
import { settle } from '../live/intents.ts'
import { useBusy } from '../live/perform.ts'
import { DayInput } from '../ui/DayInput.tsx'
import { FormDialog } from '../ui/FormDialog.tsx'
import { HINT_BELOW } from '../ui/hint-below.ts'
import { TimeInput } from '../ui/TimeInput.tsx'
import { fieldsOf, landBadInput, useDraftForm } from '../ui/use-form.ts'
import { LEAVE_KEY, takeLeave } from './commands.tsx'

const time = wallTime.or(z.literal(''))
const schema = z
  .object({ from: day, fromTime: time, to: day, toTime: time, reason: note(120) })
  .refine(({ from, fromTime, to, toTime }) => to > from || (to === from && (!toTime || toTime > fromTime)), {
    path: ['to'],
    error: 'must not be before its beginning',
  })

/** Whole days, or from a time to a time. */
export function LeaveDialog({ doctor, onClose }: { doctor: Doctor; onClose: () => void }) {
  const { t } = useTranslation()
  const clinic = useClinic()
  const today = useToday()
  const busy = useBusy(LEAVE_KEY)
  const { form, forget } = useDraftForm(schema, `leave.${doctor.id}`, {
    from: today,
    fromTime: '',
    to: today,
    toTime: '',
    reason: '',
  })
  const { text, choice, set } = fieldsOf(form)
  const leave = () => {
    settle(`leave.${doctor.id}`)
    forget()
    onClose()
  }
  const send = form.handleSubmit(async ({ from, fromTime, to, toTime, reason }) => {
    if (!clinic) return
    const span = {
      from: zonedInstant(from, fromTime || '00:00', clinic.timeZone),
      to: toTime ? zonedInstant(to, toTime, clinic.timeZone) : zonedInstant(addDays(to, 1), '00:00', clinic.timeZone),
    }
    if (await takeLeave(doctor, { ...span, reason }, { bad_input: (data) => landBadInput(form, data) })) leave()
  })
  return (
    <FormDialog
      title={t('leave.addFor', { name: doctor.displayName })}
      verb={t('leave.verb')}
      size="medium"
      busy={busy}
      onSubmit={send}
      onClose={leave}
    >
      <DayInput
        label={t('leave.firstDay')}
        {...choice('from')}
        onChange={(from) => {
          set('from', from ?? '')
          if (from && from > form.getValues('to')) set('to', from)
        }}
        data-autofocus
      />
      <TimeInput
        label={t('leave.fromTime')}
        description={t('leave.timeHint')}
        inputWrapperOrder={HINT_BELOW}
        {...choice('fromTime')}
      />
      <DayInput label={t('leave.lastDay')} {...choice('to')} onChange={(to) => set('to', to ?? '')} />
      <TimeInput
        label={t('leave.toTime')}
        description={t('leave.timeHint')}
        inputWrapperOrder={HINT_BELOW}
        {...choice('toTime')}
      />
      <TextInput label={t('leave.reason')} {...text('reason')} />
    </FormDialog>
  )
}
