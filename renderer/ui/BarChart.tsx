import styles from './BarChart.module.css'

export type Bar = {
  label: string
  value: number /** What the bar says when it is looked at: "09: 4 alerts". */
  words: string
}

type Props = {
  title: string
  bars: readonly Bar[] /** So many labels are skipped after each that is drawn. */
  skip?: number
}

const WIDTH = 640
const HEIGHT = 160
const FOOT = 20
const HEAD = 16

/** Bars drawn from numbers that stand beside them in a table: the picture is for those who see it. */
export function BarChart({ title, bars, skip = 0 }: Props) {
  const most = Math.max(1, ...bars.map(({ value }) => value))
  const step = WIDTH / Math.max(1, bars.length)
  const room = HEIGHT - FOOT - HEAD
  return (
    <svg className={styles.chart} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={title}>
      <line className={styles.axis} x1={0} x2={WIDTH} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} />
      {bars.map(({ label, value, words }, index) => {
        const height = (value / most) * room
        const middle = (index + 0.5) * step
        return (
          <g key={label}>
            <title>{words}</title>
            <rect
              className={styles.bar}
              x={index * step + step * 0.15}
              y={HEIGHT - FOOT - height}
              width={step * 0.7}
              height={height}
            />
            {value > 0 && (
              <text className={styles.value} x={middle} y={HEIGHT - FOOT - height - 4}>
                {value}
              </text>
            )}
            {index % (skip + 1) === 0 && (
              <text className={styles.label} x={middle} y={HEIGHT - 5}>
                {label}
              </text>
            )}
          </g>
        )
      })}
    </svg>
  )
}
