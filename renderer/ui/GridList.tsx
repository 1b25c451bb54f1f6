import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, memo, type ReactNode, useCallback, useEffect, useId, useRef } from 'react'
import styles from './GridList.module.css'

export type GridItem = {
  key: string
  /** A heading is passed over by the arrow keys. */
  heading?: boolean
  height?: number
}

type Props<T extends GridItem> = {
  label: string
  items: readonly T[]
  activeKey: string | null
  onActive: (item: T) => void
  /** U1: opens, or does the row's harmless next step. */
  onEnter?: (item: T) => void
  /** Single letters, while the list has the focus. */
  onLetter?: (letter: string, item: T) => void
  /** Must be stable, and draw from the item and the store alone: rows redraw by themselves. */
  renderItem: (item: T, active: boolean) => ReactNode
  autoFocus?: boolean
  /** The row to begin at. */
  startAt?: string | undefined
}

const ROW_HEIGHT = 36
const PAGE = 10

/** A list of any length that is walked with the arrow keys; only what is in sight is drawn. */
export function GridList<T extends GridItem>(props: Props<T>) {
  const { label, items, activeKey, onActive, onEnter, renderItem, autoFocus = false, startAt } = props
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => items[index]?.height ?? ROW_HEIGHT,
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 8,
    useFlushSync: false,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: headings and rows differ in height, so a new order measures anew
  useEffect(() => virtual.measure(), [items])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only where it begins
  useEffect(() => {
    const index = items.findIndex((item) => item.key === startAt)
    if (index > 0) virtual.scrollToIndex(index, { align: 'start' })
  }, [])
  useEffect(() => {
    if (autoFocus) scroller.current?.focus()
  }, [autoFocus])

  const moveTo = (index: number, step: 1 | -1) => {
    let at = Math.max(0, Math.min(items.length - 1, index))
    while (items[at]?.heading) at += step
    const item = items[at]
    if (!item) return
    virtual.scrollToIndex(at === firstRow(items) ? 0 : at, { align: 'auto' })
    onActive(item)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const at = items.findIndex((item) => item.key === activeKey)
    const active = items[at]
    const move = MOVES[event.key]?.(at, items.length)
    if (move) moveTo(...move)
    else if (event.key === 'Enter' && active) onEnter?.(active)
    else if (event.key.length === 1 && active && props.onLetter) props.onLetter(event.key.toLowerCase(), active)
    else return
    event.preventDefault()
  }
  const select = useCallback((item: T) => onActive(item), [onActive])
  // Chosen from elsewhere (a check-in, the palette): it comes into sight, once it is in the list.
  const activeIndex = items.findIndex((item) => item.key === activeKey)
  const known = activeIndex >= 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: not when the order changes under somebody who reads elsewhere
  useEffect(() => {
    // The first row comes with its heading.
    if (known) virtual.scrollToIndex(activeIndex === firstRow(items) ? 0 : activeIndex, { align: 'auto' })
  }, [activeKey, known])
  const rows = virtual.getVirtualItems()
  const drawn = rows.some((row) => row.index === activeIndex)
  return (
    // biome-ignore lint/a11y/useSemanticElements: only the rows in sight are drawn, which a table can't be
    <div
      ref={scroller}
      className={styles.scroller}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={items.length}
      aria-activedescendant={drawn ? `${id}-${activeKey}` : undefined}
      onKeyDown={onKeyDown}
      // For what keeps the focus within itself, and would begin with its first button.
      data-autofocus={autoFocus || undefined}
    >
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
        {rows.map(({ index, start, size }) => {
          const item = items[index]
          if (!item) return null
          return (
            <Row
              key={item.key}
              id={`${id}-${item.key}`}
              item={item}
              index={index}
              start={start}
              size={size}
              active={item.key === activeKey}
              onSelect={select}
              onOpen={onEnter}
              render={renderItem}
            />
          )
        })}
      </div>
    </div>
  )
}

type RowProps<T> = {
  id: string
  item: T
  index: number
  start: number
  size: number
  active: boolean
  onSelect: (item: T) => void
  onOpen: ((item: T) => void) | undefined
  render: (item: T, active: boolean) => ReactNode
}

function PlainRow<T extends GridItem>({ id, item, index, start, size, active, onSelect, onOpen, render }: RowProps<T>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows that are drawn only while in sight can't be a table's
    // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant points at it
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys
    <div
      id={id}
      role="row"
      aria-rowindex={index + 1}
      aria-selected={item.heading ? undefined : active}
      className={item.heading ? styles.heading : styles.row}
      style={{ transform: `translateY(${start}px)`, height: size }}
      onClick={item.heading ? undefined : () => onSelect(item)}
      onDoubleClick={item.heading ? undefined : () => onOpen?.(item)}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: the same; a row is one cell, which may hold a button */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the same */}
      <div role="gridcell" className={styles.cell}>
        {render(item, active)}
      </div>
    </div>
  )
}

const Row = memo(PlainRow) as typeof PlainRow

const MOVES: Record<string, (at: number, length: number) => [number, 1 | -1]> = {
  ArrowDown: (at) => [at + 1, 1],
  ArrowUp: (at) => [at === -1 ? 0 : at - 1, at <= 0 ? 1 : -1],
  PageDown: (at) => [at + PAGE, -1],
  PageUp: (at) => [at - PAGE, 1],
  Home: () => [0, 1],
  End: (_at, length) => [length - 1, -1],
}

function firstRow(items: readonly GridItem[]): number {
  return items.findIndex((item) => !item.heading)
}
