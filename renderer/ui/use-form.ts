import { zodResolver } from '@hookform/resolvers/zod'
import { type ChangeEvent, useEffect, useState } from 'react'
import {
  type DefaultValues,
  type FieldValues,
  type Path,
  type PathValue,
  type Resolver,
  type UseFormReturn,
  useForm,
} from 'react-hook-form'
import type { ErrorData } from '../../contract/errors.ts'
import { forgetDraft, readDraft, writeDraft } from '../live/drafts.ts'
import { useSession } from '../live/session.ts'
import { t } from './i18n.ts'
import { problemWords } from './problem-words.ts'
import { toast } from './toasts.ts'

type Schema<Out, In> = { _zod: { output: Out; input: In } }

export type Form<In extends FieldValues, Out = In> = UseFormReturn<In, unknown, Out>

/** A form that is checked by a schema: each field when it is left, all of them before it is sent. */
export function useZodForm<In extends FieldValues, Out>(schema: Schema<Out, In>, initial: NoInfer<In>): Form<In, Out> {
  return useForm<In, unknown, Out>({
    resolver: zodResolver(schema) as Resolver<In, unknown, Out>,
    defaultValues: initial as DefaultValues<In>,
    mode: 'onTouched',
  })
}

/** U8: the same, kept as a draft until it is sent or left. Not for forms with a password. */
export function useDraftForm<In extends FieldValues, Out>(schema: Schema<Out, In>, name: string, initial: NoInfer<In>) {
  const userId = useSession((session) => session.user?.id ?? '')
  const form = useZodForm<In, Out>(schema, initial)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the draft is put in once, and changes from then on
  useEffect(() => {
    const draft = readDraft<In>(userId, name)
    if (draft) form.reset({ ...initial, ...draft }, { keepDefaultValues: true })
    const watch = form.watch((values, { name: field }) => {
      // A reset names no field. `isDirty` is not asked: it does not know yet of what was typed just now.
      if (field !== undefined) writeDraft(userId, name, changedIn(values, form.formState.defaultValues))
    })
    return () => watch.unsubscribe()
  }, [userId, name])
  return { form, forget: () => forgetDraft(userId, name) }
}

/** Only what was typed: a draft that is taken up later leaves what others have changed meanwhile as it is then. */
function changedIn(values: object, before: object = {}): object | undefined {
  const was: Record<string, unknown> = { ...before }
  const changed = Object.entries(values).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(was[key]))
  return changed.length > 0 ? Object.fromEntries(changed) : undefined
}

type Versioned = { id: string; version: number }

/**
 * A form about a record that others may change meanwhile. Untouched it follows the record; once something is typed it
 * stays, and says that the record is another by now (Q10).
 */
export function useRecordForm<In extends FieldValues, Out, R extends Versioned>(
  schema: Schema<Out, In>,
  name: string,
  record: R,
  valuesOf: (record: R) => NoInfer<In>,
) {
  const { form, forget } = useDraftForm<In, Out>(schema, `${name}.${record.id}`, valuesOf(record))
  const [base, setBase] = useState(record)
  const { isDirty } = form.formState
  const follow = () => {
    forget()
    form.reset(valuesOf(record))
    setBase(record)
  }
  const newer = record.version > base.version
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a newer record makes it follow
  useEffect(() => {
    if (newer && !isDirty) follow()
  }, [newer, isDirty])
  return {
    form,
    /** The record as this form saw it: its version goes with what is sent. */
    base,
    changedMeanwhile: newer && isDirty,
    takeTheirs: follow,
    keepMine: () => setBase(record),
    /** Sent, and answered with this. */
    saved: (after: R) => {
      forget()
      form.reset(valuesOf(after))
      setBase(after)
    },
  }
}

/** What a field of the form needs to be drawn. */
export function fieldsOf<In extends FieldValues, Out>(form: Form<In, Out>) {
  // Read here, so that the form draws anew when a field's state changes.
  const { formState } = form
  const error = (name: Path<In>): string | undefined => {
    const message = form.getFieldState(name, formState).error?.message
    return message ? problemWords(message) : undefined
  }
  const set = <N extends Path<In>>(name: N, value: PathValue<In, N>) =>
    form.setValue(name, value, { shouldDirty: true, shouldTouch: true, shouldValidate: true })
  return {
    error,
    set,
    text: (name: Path<In>) => ({ ...form.register(name), error: error(name), autoComplete: 'off' }),
    choice: <N extends Path<In>>(name: N) => ({
      value: form.watch(name),
      onChange: (value: unknown) => set(name, value as PathValue<In, N>),
      error: error(name),
    }),
    tick: <N extends Path<In>>(name: N) => ({
      checked: form.watch(name) === true,
      onChange: (event: ChangeEvent<HTMLInputElement>) => set(name, event.currentTarget.checked as PathValue<In, N>),
    }),
  }
}

/** Puts what the hub found wrong on its fields; what has no field here is said. */
export function landBadInput<In extends FieldValues, Out>(form: Form<In, Out>, { fields }: ErrorData<'bad_input'>) {
  const known = form.getValues()
  for (const { field, message } of fields) {
    const [first = ''] = field.split('.')
    if (first in known) form.setError(field as Path<In>, { message }, { shouldFocus: true })
    else toast({ tone: 'problem', text: t('refusal.bad_input', { field, message: problemWords(message) }) })
  }
}
