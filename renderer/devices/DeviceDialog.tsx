import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import type { Device } from '../../contract/devices.ts'
import { line } from '../../contract/values.ts'
import { useBusy } from '../live/perform.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { fieldsOf, landBadInput, useZodForm } from '../ui/use-form.ts'
import { DEVICE_KEY, renameDevice } from './commands.tsx'

const schema = z.object({ name: line(60) })

export function DeviceDialog({ device, onClose }: { device: Device; onClose: () => void }) {
  const { t } = useTranslation()
  const busy = useBusy(DEVICE_KEY)
  const form = useZodForm(schema, { name: device.name })
  const send = form.handleSubmit(async ({ name }) => {
    const saved = await renameDevice(device, name, {
      bad_input: (data) => landBadInput(form, data),
      already_exists: () => form.setError('name', { message: t('device.nameTaken') }, { shouldFocus: true }),
    })
    if (saved) onClose()
  })
  return (
    <FormDialog title={t('device.rename')} busy={busy} onSubmit={send} onClose={onClose}>
      <TextInput label={t('device.name')} {...fieldsOf(form).text('name')} data-autofocus />
    </FormDialog>
  )
}
