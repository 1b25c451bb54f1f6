import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import styles from './Sheet.module.css'

const ROW_HEIGHT = 36

type Props<T> = {
  rows: readonly T[]
  /** How many columns there are. */
  columns: number
  /** Draws a row, with its place in the table. */
  render: (row: T, index: number) => ReactNode
}

/** The body of a long table: only what is in sight is drawn, with empty rows as high as what is left out. */
export function RowsInSight<T extends { id: string }>({ rows, columns, render }: Props<T>) {
  const body = useRef<HTMLTableSectionElement>(null)
  const [above, setAbove] = useState(0)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollerOf(body.current),
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
    scrollMargin: above,
    useFlushSync: false,
  })
  useLayoutEffect(() => {
    const scroller = scrollerOf(body.current)
    const top = body.current?.getBoundingClientRect().top
    if (scroller && top !== undefined) setAbove(top - scroller.getBoundingClientRect().top + scroller.scrollTop)
  }, [])
  // Rows are as high as their words: each is measured when it is drawn.
  useLayoutEffect(() => {
    for (const row of body.current?.querySelectorAll<HTMLElement>('tr[data-index]') ?? []) virtual.measureElement(row)
  })
  const drawn = virtual.getVirtualItems()
  const before = (drawn[0]?.start ?? above) - above
  const after = virtual.getTotalSize() - ((drawn.at(-1)?.end ?? above) - above)
  return (
    <tbody ref={body}>
      <Gap height={before} columns={columns} />
      {drawn.map(({ index }) => {
        const row = rows[index]
        return row && render(row, index)
      })}
      <Gap height={after} columns={columns} />
    </tbody>
  )
}

function Gap({ height, columns }: { height: number; columns: number }) {
  return height > 0 ? (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it can have the focus
    <tr className={styles.gap} aria-hidden="true">
      <td colSpan={columns} style={{ height }} />
    </tr>
  ) : null
}

function scrollerOf(element: Element | null): Element | null {
  for (let at = element?.parentElement ?? null; at; at = at.parentElement)
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at
  return null
}
