import { Select, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { note } from '../../contract/values.ts'
import { settle, useMade } from '../live/intents.ts'
import { useBusy } from '../live/perform.ts'
import { useRecords } from '../live/store.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { useFormat } from '../ui/format.ts'
import type { Format } from '../ui/formats.ts'
import { typedMoney } from '../ui/typed-values.ts'
import { fieldsOf, landBadInput, useDraftForm } from '../ui/use-form.ts'
import { useHere } from '../ui/use-here.ts'
import { addLine, CHARGE_KEY, lineWanted, sayAdded } from './commands.tsx'

const schemaFor = (format: Format) =>
  z
    .object({ serviceId: z.string().nullable(), description: note(120), amountMinor: typedMoney(format) })
    .refine(({ serviceId, description }) => serviceId !== null || description !== '', {
      path: ['description'],
      error: 'must not be empty',
    })

/** M1: one more line: a service with its price, or something else in words. */
export function AddLineDialog({ visitId, onClose }: { visitId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const busy = useBusy(CHARGE_KEY)
  const services = useHere('services')
  const prices = useRecords('services')
  const schema = useMemo(() => schemaFor(format), [format])
  const { form, forget } = useDraftForm(schema, `line.${visitId}`, {
    serviceId: null,
    description: '',
    amountMinor: '',
  })
  const { text, choice, set } = fieldsOf(form)
  const leave = () => {
    settle(lineWanted(visitId))
    forget()
    onClose()
  }
  useMade('charges', lineWanted(visitId), (charge) => {
    sayAdded(charge)
    leave()
  })
  const send = form.handleSubmit((line) =>
    addLine(visitId, line, leave, { bad_input: (data) => landBadInput(form, data) }),
  )
  const pick = (serviceId: string | null) => {
    set('serviceId', serviceId)
    const service = serviceId ? prices[serviceId] : undefined
    if (service) set('amountMinor', format.plainMoney(service.priceMinor))
  }
  return (
    <FormDialog title={t('money.addLine')} verb={t('money.addLineVerb')} busy={busy} onSubmit={send} onClose={leave}>
      <Select
        label={t('visit.service')}
        data={services.map((service) => ({ value: service.id, label: service.name }))}
        searchable
        clearable
        {...choice('serviceId')}
        onChange={pick}
        data-autofocus
      />
      <TextInput label={t('money.description')} description={t('money.descriptionHint')} {...text('description')} />
      <TextInput label={t('money.amount')} inputMode="decimal" {...text('amountMinor')} />
    </FormDialog>
  )
}
