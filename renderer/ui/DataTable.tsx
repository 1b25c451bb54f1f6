import {
  type ColumnDef,
  createSortedRowModel,
  type Row,
  rowSortingFeature,
  type SortFn,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { type ReactNode, useMemo } from 'react'
import { ColumnHead } from './ColumnHead.tsx'
import { compareValues, type SortValue } from './compare-values.ts'
import { RowsInSight } from './RowsInSight.tsx'
import styles from './Sheet.module.css'

/** A column, and what it says of a row. Numbers stand at the end. */
export type DataColumn<R> = {
  /** What the column is called; unique in its table. */
  label: string
  of: (row: R) => ReactNode
  /** By what its rows are sorted; without it they are not. */
  sortBy?: (row: R) => SortValue
  /** Opens the row: its words are a button. `undefined`: there is nothing to open. */
  open?: (row: R) => (() => unknown) | undefined
  openTitle?: string
  /** What the row is: read out before its other cells. */
  head?: boolean
  end?: boolean
  /** As narrow as its words. */
  fit?: boolean
  /** Its head is not drawn: what can be done with a row. */
  unseen?: boolean
  className?: string | undefined
}

type Props<R> = {
  label: string
  rows: readonly R[]
  keyOf: (row: R) => string
  columns: readonly DataColumn<R>[]
  /** No longer used: drawn faint. */
  isGone?: (row: R) => boolean
  /** There are more than these rows: what is sorted is what is here. */
  paged?: boolean
  className?: string | undefined
}

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() })
export type Features = typeof features

/** More are drawn only where they are in sight. */
const ALL_DRAWN = 100

/** U1: a table whose columns sort by a press of their heads: up, down, and as it was given. */
export function DataTable<R extends object>(props: Props<R>) {
  const { label, rows, keyOf, columns, isGone, paged = false, className } = props
  const table = useTable<Features, R>({
    features,
    columns: useMemo(() => columns.map((column) => definitionOf(column)), [columns]),
    data: rows,
    getRowId: keyOf,
    // What comes live is put in its place, not back to the beginning.
    autoResetSorting: false,
    enableMultiSort: false,
    sortDescFirst: false,
  })
  const drawn = table.getRowModel().rows
  const sorted = table.state.sorting[0]
  const row = (one: Row<Features, R>, index?: number) => (
    <Cells key={one.id} row={one.original} columns={columns} gone={isGone?.(one.original) ?? false} index={index} />
  )
  const isLong = drawn.length > ALL_DRAWN
  return (
    <table
      className={className ? `${styles.table} ${className}` : styles.table}
      aria-label={label}
      aria-rowcount={isLong ? drawn.length + 1 : undefined}
    >
      <thead>
        <tr>
          {columns.map((column) => (
            <ColumnHead
              key={column.label}
              column={column}
              paged={paged}
              sorted={sorted?.id === column.label ? (sorted.desc ? 'descending' : 'ascending') : undefined}
              onSort={() => table.getColumn(column.label)?.toggleSorting()}
            />
          ))}
        </tr>
      </thead>
      {isLong ? (
        <RowsInSight rows={drawn} columns={columns.length} render={row} />
      ) : (
        <tbody>{drawn.map((one) => row(one))}</tbody>
      )}
    </table>
  )
}

function definitionOf<R extends object>({ label, sortBy }: DataColumn<R>): ColumnDef<Features, R> {
  return {
    id: label,
    header: label,
    // Nothing to sort by stands last, upwards and downwards.
    accessorFn: (row) => sortBy?.(row) ?? undefined,
    sortUndefined: 'last',
    enableSorting: sortBy !== undefined,
    sortFn: byValue satisfies SortFn<Features, R>,
  }
}

function byValue(one: { getValue: (id: string) => unknown }, other: { getValue: (id: string) => unknown }, id: string) {
  return compareValues(one.getValue(id), other.getValue(id))
}

type CellsProps<R> = { row: R; columns: readonly DataColumn<R>[]; gone: boolean; index: number | undefined }

function Cells<R>({ row, columns, gone, index }: CellsProps<R>) {
  return (
    <tr data-gone={gone || undefined} data-index={index} aria-rowindex={index === undefined ? undefined : index + 2}>
      {columns.map((column) => {
        const Tag = column.head ? 'th' : 'td'
        return (
          <Tag key={column.label} scope={column.head ? 'row' : undefined} className={classOf(column)}>
            <Cell row={row} column={column} />
          </Tag>
        )
      })}
    </tr>
  )
}

function Cell<R>({ row, column: { of, open, openTitle } }: { row: R; column: DataColumn<R> }) {
  const run = open?.(row)
  if (!run) return of(row)
  return (
    <button type="button" className={styles.open} title={openTitle} onClick={() => void run()}>
      {of(row)}
    </button>
  )
}

export function classOf({ end, fit, className }: Pick<DataColumn<never>, 'end' | 'fit' | 'className'>) {
  const names = [end && styles.end, fit && styles.fit, className].filter(Boolean)
  return names.length > 0 ? names.join(' ') : undefined
}
