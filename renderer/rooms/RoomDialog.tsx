import { Checkbox, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import type { Room } from '../../contract/rooms.ts'
import { line } from '../../contract/values.ts'
import { useClinicId } from '../live/clinic.ts'
import { settle } from '../live/intents.ts'
import { useBusy } from '../live/perform.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { fieldsOf, landBadInput, useDraftForm } from '../ui/use-form.ts'
import { ROOM_KEY, saveRoom } from './commands.tsx'

const schema = z.object({ name: line(80), publicLabel: line(20), active: z.boolean() })

/** A room: what staff call it, and the neutral label that is called out (S2). */
export function RoomDialog({ room, onClose }: { room: Room | undefined; onClose: () => void }) {
  const { t } = useTranslation()
  const clinicId = useClinicId()
  const busy = useBusy(ROOM_KEY)
  const { form, forget } = useDraftForm(schema, `room.${room?.id ?? 'new'}`, {
    name: room?.name ?? '',
    publicLabel: room?.publicLabel ?? '',
    active: room?.active ?? true,
  })
  const { text, tick } = fieldsOf(form)
  const leave = () => {
    settle(ROOM_KEY)
    forget()
    onClose()
  }
  const send = form.handleSubmit(async (fields) => {
    if (await saveRoom(room, clinicId, fields, { bad_input: (data) => landBadInput(form, data) })) leave()
  })
  return (
    <FormDialog title={room ? room.name : t('room.add')} busy={busy} onSubmit={send} onClose={leave}>
      <TextInput label={t('room.name')} {...text('name')} data-autofocus />
      <TextInput label={t('room.publicLabel')} description={t('room.publicLabelHint')} {...text('publicLabel')} />
      {room && <Checkbox label={t('common.active')} {...tick('active')} />}
    </FormDialog>
  )
}
