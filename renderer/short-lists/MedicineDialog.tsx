import { Checkbox, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import type { Medicine } from '../../contract/short-lists.ts'
import { line, lineOrNothing } from '../../contract/values.ts'
import { useBusy } from '../live/perform.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { fieldsOf, landBadInput, useDraftForm } from '../ui/use-form.ts'
import { LIST_KEY, saveMedicine } from './commands.tsx'

const schema = z.object({
  name: line(120),
  dose: lineOrNothing(80),
  howOften: lineOrNothing(80),
  howLong: lineOrNothing(80),
  active: z.boolean(),
})

export function MedicineDialog({ medicine, onClose }: { medicine: Medicine | undefined; onClose: () => void }) {
  const { t } = useTranslation()
  const busy = useBusy(LIST_KEY)
  const { form, forget } = useDraftForm(schema, `medicine.${medicine?.id ?? 'new'}`, {
    name: medicine?.name ?? '',
    dose: medicine?.dose ?? '',
    howOften: medicine?.howOften ?? '',
    howLong: medicine?.howLong ?? '',
    active: medicine?.active ?? true,
  })
  const { text, tick } = fieldsOf(form)
  const leave = () => {
    forget()
    onClose()
  }
  const send = form.handleSubmit(async (fields) => {
    const on = {
      bad_input: (data: Parameters<typeof landBadInput>[1]) => landBadInput(form, data),
      already_exists: () => form.setError('name', { message: t('shortList.alreadyThere') }),
    }
    if (await saveMedicine(medicine, fields, on)) leave()
  })
  return (
    <FormDialog
      title={medicine ? medicine.name : t('shortList.addMedicine')}
      busy={busy}
      onSubmit={send}
      onClose={leave}
    >
      <TextInput label={t('prescription.medicine')} {...text('name')} data-autofocus />
      <TextInput label={t('prescription.dose')} {...text('dose')} />
      <TextInput label={t('prescription.howOften')} {...text('howOften')} />
      <TextInput label={t('prescription.howLong')} {...text('howLong')} />
      {medicine && <Checkbox label={t('common.active')} {...tick('active')} />}
    </FormDialog>
  )
}
