import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { DataColumn } from './DataTable.tsx'
import styles from './Sheet.module.css'

type Props = {
  column: Pick<DataColumn<never>, 'label' | 'sortBy' | 'end' | 'fit' | 'unseen'>
  paged: boolean
  sorted: 'ascending' | 'descending' | undefined
  onSort: () => void
}

/** The head of a column; a button where its rows can be sorted by it. */
export function ColumnHead({ column: { label, sortBy, end, fit, unseen }, paged, sorted, onSort }: Props) {
  const { t } = useTranslation()
  const className = [end && styles.end, fit && styles.fit].filter(Boolean).join(' ') || undefined
  if (!sortBy)
    return (
      <th scope="col" className={className}>
        {unseen ? <span className="unseen">{label}</span> : label}
      </th>
    )
  const Arrow = sorted === 'descending' ? IconArrowDown : IconArrowUp
  return (
    <th scope="col" className={className} aria-sort={sorted}>
      <button
        type="button"
        className={styles.sort}
        data-sorted={sorted}
        title={t(paged ? 'table.sortPage' : 'table.sort')}
        onClick={onSort}
      >
        {label}
        <Arrow size={14} stroke={2} aria-hidden />
      </button>
    </th>
  )
}
