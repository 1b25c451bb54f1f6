import { Checkbox } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionButton } from './ActionButton.tsx'
import { type DataColumn, DataTable } from './DataTable.tsx'
import { Sheet } from './Sheet.tsx'
import { EmptyState } from './states.tsx'

type Kept = { id: string; active: boolean }

type Props<R extends Kept> = {
  title: string
  hint: string
  /** Whether those that are no longer used are listed too, and what that is called. */
  inactive: { label?: string; shown: boolean; show(shown: boolean): void }
  add: { label: string; run(): unknown; next?: boolean }
  records: readonly R[]
  name: { label: string; of: (record: NoInfer<R>) => string }
  open(record: NoInfer<R>): unknown
  columns: readonly DataColumn<NoInfer<R>>[]
  state?: (record: NoInfer<R>) => string
  empty?: { title: string; hint: string }
  /** Drawn in the place of the list while there is none to draw. */
  instead?: ReactNode
}

/** Records that a clinic keeps: listed by name, opened by it, added to; never deleted, but no longer used. */
export function RecordsSheet<R extends Kept>(props: Props<R>) {
  const { t } = useTranslation()
  const { title, hint, inactive, add, records, empty, instead } = props
  return (
    <Sheet
      title={title}
      hint={hint}
      actions={
        <>
          <Checkbox
            label={inactive.label ?? t('common.showInactive')}
            checked={inactive.shown}
            onChange={(event) => inactive.show(event.currentTarget.checked)}
          />
          <ActionButton next={add.next ?? false} run={add.run}>
            {add.label}
          </ActionButton>
        </>
      }
    >
      {instead ??
        (empty && records.length === 0 ? <EmptyState title={empty.title} hint={empty.hint} /> : <Records {...props} />)}
    </Sheet>
  )
}

function Records<R extends Kept>({ title, records, name, open, columns, state }: Props<R>) {
  const { t } = useTranslation()
  const stateOf = state ?? (({ active }: R) => t(active ? 'common.active' : 'common.inactive'))
  const all: DataColumn<R>[] = [
    { label: name.label, of: name.of, sortBy: name.of, open: (record) => () => open(record), head: true },
    ...columns,
    { label: t('common.state'), of: stateOf, sortBy: stateOf, fit: true },
  ]
  return (
    <DataTable label={title} rows={records} keyOf={({ id }) => id} columns={all} isGone={({ active }) => !active} />
  )
}
