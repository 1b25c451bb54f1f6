import { Checkbox, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import type { DiagnosisTerm } from '../../contract/short-lists.ts'
import { line, lineOrNothing } from '../../contract/values.ts'
import { useBusy } from '../live/perform.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { fieldsOf, landBadInput, useDraftForm } from '../ui/use-form.ts'
import { LIST_KEY, saveTerm } from './commands.tsx'

const schema = z.object({ text: line(200), code: lineOrNothing(20), active: z.boolean() })

export function TermDialog({ term, onClose }: { term: DiagnosisTerm | undefined; onClose: () => void }) {
  const { t } = useTranslation()
  const busy = useBusy(LIST_KEY)
  const { form, forget } = useDraftForm(schema, `term.${term?.id ?? 'new'}`, {
    text: term?.text ?? '',
    code: term?.code ?? '',
    active: term?.active ?? true,
  })
  const { text, tick } = fieldsOf(form)
  const leave = () => {
    forget()
    onClose()
  }
  const send = form.handleSubmit(async ({ code, ...fields }) => {
    const on = {
      bad_input: (data: Parameters<typeof landBadInput>[1]) => landBadInput(form, data),
      already_exists: () => form.setError('text', { message: t('shortList.alreadyThere') }),
    }
    if (await saveTerm(term, { ...fields, code: code || null }, on)) leave()
  })
  return (
    <FormDialog title={term ? term.text : t('shortList.addTerm')} busy={busy} onSubmit={send} onClose={leave}>
      <TextInput label={t('shortList.term')} {...text('text')} data-autofocus />
      <TextInput label={t('shortList.code')} description={t('shortList.codeHint')} {...text('code')} />
      {term && <Checkbox label={t('common.active')} {...tick('active')} />}
    </FormDialog>
  )
}
