import { Checkbox, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import type { Service } from '../../contract/services.ts'
import { line } from '../../contract/values.ts'
import { useClinic, useClinicId } from '../live/clinic.ts'
import { settle } from '../live/intents.ts'
import { useBusy } from '../live/perform.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { useFormat } from '../ui/format.ts'
import type { Format } from '../ui/formats.ts'
import { typedMoney, typedNumber } from '../ui/typed-values.ts'
import { fieldsOf, landBadInput, useDraftForm } from '../ui/use-form.ts'
import { SERVICE_KEY, saveService } from './commands.tsx'

const schemaFor = (format: Format) =>
  z.object({
    name: line(120),
    minutes: typedNumber({ least: 5, most: 480, step: 5 }),
    priceMinor: typedMoney(format),
    isConsultation: z.boolean(),
    active: z.boolean(),
  })

export function ServiceDialog({ service, onClose }: { service: Service | undefined; onClose: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const clinic = useClinic()
  const clinicId = useClinicId()
  const busy = useBusy(SERVICE_KEY)
  const schema = useMemo(() => schemaFor(format), [format])
  const { form, forget } = useDraftForm(schema, `service.${service?.id ?? 'new'}`, {
    name: service?.name ?? '',
    minutes: String(service?.minutes ?? 15),
    priceMinor: service ? format.plainMoney(service.priceMinor) : '',
    isConsultation: service?.isConsultation ?? true,
    active: service?.active ?? true,
  })
  const { text, tick } = fieldsOf(form)
  const leave = () => {
    settle(SERVICE_KEY)
    forget()
    onClose()
  }
  const send = form.handleSubmit(async (fields) => {
    if (await saveService(service, clinicId, fields, { bad_input: (data) => landBadInput(form, data) })) leave()
  })
  return (
    <FormDialog title={service ? service.name : t('service.add')} busy={busy} onSubmit={send} onClose={leave}>
      <TextInput label={t('service.name')} {...text('name')} data-autofocus />
      <TextInput label={t('service.minutes')} {...text('minutes')} inputMode="numeric" />
      <TextInput
        label={t('service.price', { currency: clinic?.currency })}
        {...text('priceMinor')}
        inputMode="decimal"
      />
      <Checkbox
        label={t('service.isConsultation')}
        description={t('service.isConsultationHint')}
        {...tick('isConsultation')}
      />
      {service && <Checkbox label={t('common.active')} {...tick('active')} />}
    </FormDialog>
  )
}
