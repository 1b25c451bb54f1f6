import 'uplot/dist/uPlot.min.css'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import uPlot from 'uplot'
import styles from './Plot.module.css'
import { useLook } from './plot-look.ts'
import { dataOf, optionsOf, type PlotSpec, pointAfter, saidOf } from './plot-options.ts'

type Props = {
  /** What is drawn, summed up for those who do not see it. */
  label: string
  /** Must be stable: another one is drawn anew. */
  spec: PlotSpec
  height?: number
}

/**
 * Numbers drawn; they stand beside it in a table too. The pointer, and the arrow keys while it has the focus, say what
 * the numbers of a point are.
 */
export function Plot({ label, spec, height = 180 }: Props) {
  const host = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState<number | null>(null)
  const { point, leave } = useDrawn(host, { spec, height, at, setAt })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const next = pointAfter(spec, event.key, at)
    if (next === undefined) return
    event.preventDefault()
    point(next)
  }
  return (
    <div className={styles.plot}>
      <div className={styles.head}>
        {spec.series.length > 1 && <Legend spec={spec} />}
        <span className={styles.said} role="status">
          {at === null ? '' : saidOf(spec, at)}
        </span>
      </div>
      <div
        ref={host}
        className={styles.drawing}
        style={{ height }}
        role="img"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys walk its points
        tabIndex={0}
        onKeyDown={onKeyDown}
        onBlur={leave}
      />
    </div>
  )
}

function Legend({ spec }: { spec: PlotSpec }) {
  return (
    <span className={styles.legend} aria-hidden="true">
      {spec.series.map(({ name, kind }) => (
        <span key={name} className={styles.series} data-kind={kind}>
          {name}
        </span>
      ))}
    </span>
  )
}

type Drawing = { spec: PlotSpec; height: number; at: number | null; setAt: (at: number | null) => void }

/** Owns the library's instance: made anew for another spec or look, fitted to its place, taken away with it. */
function useDrawn(host: { current: HTMLDivElement | null }, { spec, height, at, setAt }: Drawing) {
  const look = useLook()
  const drawn = useRef<uPlot>(undefined)
  const kept = useRef(at)
  kept.current = at
  useEffect(() => {
    const place = host.current
    if (!place) return
    const size = () => ({ width: Math.max(place.clientWidth, 80), height })
    const options = optionsOf(spec, look, size())
    // What somebody was reading when a new number came, or the light changed, is read on.
    const reading = kept.current
    const hooks: uPlot.Hooks.Arrays = {
      ...options.hooks,
      setLegend: [(made) => setAt(made.cursor.idx ?? null)],
      ready: [(made) => reading !== null && pointAt(made, spec, reading)],
    }
    const plot = new uPlot({ ...options, hooks }, dataOf(spec), place)
    drawn.current = plot
    const fitting = new ResizeObserver(() => {
      if (place.clientWidth !== plot.width) plot.setSize(size())
    })
    fitting.observe(place)
    return () => {
      fitting.disconnect()
      plot.destroy()
      drawn.current = undefined
    }
  }, [host, spec, look, height, setAt])
  return {
    point: (index: number) => {
      if (drawn.current) pointAt(drawn.current, spec, index)
      // Of two points at one place the library takes the first; the arrow keys tell them apart.
      setAt(index)
    },
    leave: () => {
      setAt(null)
      drawn.current?.setCursor({ left: -10, top: -10 })
    },
  }
}

function pointAt(plot: uPlot, spec: PlotSpec, index: number): void {
  plot.setCursor({ left: plot.valToPos(spec.xs[index] ?? 0, 'x'), top: 0 })
}
