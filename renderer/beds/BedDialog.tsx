import { Checkbox, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import type { Bed } from '../../contract/beds.ts'
import { line } from '../../contract/values.ts'
import { useClinicId } from '../live/clinic.ts'
import { settle } from '../live/intents.ts'
import { useBusy } from '../live/perform.ts'
import { useRecord } from '../live/store.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { FormDialog } from '../ui/FormDialog.tsx'
import { fieldsOf, landBadInput, useDraftForm } from '../ui/use-form.ts'
import { useChoices } from '../ui/use-here.ts'
import { BED_KEY, saveBed, setBedStatus } from './commands.tsx'

const schema = z.object({ label: line(20), roomId: z.string().min(1), active: z.boolean() })

type Props = { bed: Bed | undefined; roomId: string | undefined; onClose: () => void }

/** A bed: what it is called within its room, and whether it can be used at all (S2). */
export function BedDialog({ bed: opened, roomId, onClose }: Props) {
  const { t } = useTranslation()
  const clinicId = useClinicId()
  // Its status may change under the open form.
  const bed = useRecord('beds', opened?.id) ?? opened
  const rooms = useChoices('rooms', bed?.roomId)
  const busy = useBusy(BED_KEY)
  const { form, forget } = useDraftForm(schema, `bed.${bed?.id ?? roomId ?? 'new'}`, {
    label: bed?.label ?? '',
    roomId: bed?.roomId ?? roomId ?? rooms[0]?.value ?? '',
    active: bed?.active ?? true,
  })
  const { text, tick, choice } = fieldsOf(form)
  const leave = () => {
    settle(BED_KEY)
    forget()
    onClose()
  }
  const send = form.handleSubmit(async (fields) => {
    const on = {
      bad_input: (data: Parameters<typeof landBadInput>[1]) => landBadInput(form, data),
      already_exists: () => form.setError('label', { message: t('beds.labelTaken') }),
    }
    if (await saveBed(bed, clinicId, fields, on)) leave()
  })
  return (
    <FormDialog title={bed ? bed.label : t('beds.add')} busy={busy} onSubmit={send} onClose={leave}>
      <TextInput label={t('beds.label')} description={t('beds.labelHint')} {...text('label')} data-autofocus />
      <Select label={t('room.one')} data={rooms} allowDeselect={false} {...choice('roomId')} />
      {bed && <Checkbox label={t('common.active')} {...tick('active')} />}
      {bed && <ServiceSwitch bedId={bed.id} />}
    </FormDialog>
  )
}

/** Broken for a while, or mended: it stays on the plan. */
function ServiceSwitch({ bedId }: { bedId: string }) {
  const { t } = useTranslation()
  const status = useRecord('beds', bedId)?.status
  if (status === 'out_of_service')
    return <ActionButton run={() => setBedStatus(bedId, 'free')}>{t('beds.backInService')}</ActionButton>
  if (status === 'occupied') return <p className="soft">{t('inUse.patient_in_bed')}</p>
  return <ActionButton run={() => setBedStatus(bedId, 'out_of_service')}>{t('beds.takeOut')}</ActionButton>
}
