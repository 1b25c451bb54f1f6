import { Checkbox } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionButton } from './ActionButton.tsx'
import styles from './Sheet.module.css'
import { Sheet } from './Sheet.tsx'
import { EmptyState } from './states.tsx'

type Kept = { id: string; active: boolean }

/** A column of a list of records, and what it says of one. Numbers stand at the end. */
export type Column<R> = { label: string; of: (record: R) => ReactNode; end?: boolean }

type Props<R extends Kept> = {
  title: string
  hint: string
  /** Whether those that are no longer used are listed too, and what that is called. */
  inactive: { label?: string; shown: boolean; show(shown: boolean): void }
  add: { label: string; run(): unknown; next?: boolean }
  records: readonly R[]
  name: { label: string; of: (record: NoInfer<R>) => string }
  open(record: NoInfer<R>): unknown
  columns: readonly Column<NoInfer<R>>[]
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

function Records<R extends Kept>({ records, name, open, columns, state }: Props<R>) {
  const { t } = useTranslation()
  const stateOf = state ?? (({ active }: R) => t(active ? 'common.active' : 'common.inactive'))
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{name.label}</th>
          {columns.map(({ label, end }) => (
            <th key={label} scope="col" className={end ? styles.end : undefined}>
              {label}
            </th>
          ))}
          <th scope="col" className={styles.fit}>
            {t('common.state')}
          </th>
        </tr>
      </thead>
      <tbody>
        {records.map((record) => (
          <tr key={record.id} data-gone={record.active ? undefined : true}>
            <th scope="row">
              <button type="button" className={styles.open} onClick={() => void open(record)}>
                {name.of(record)}
              </button>
            </th>
            {columns.map(({ label, of, end }) => (
              <td key={label} className={end ? styles.end : undefined}>
                {of(record)}
              </td>
            ))}
            <td className={styles.fit}>{stateOf(record)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
