import encodeQR from 'qr'
import { useMemo } from 'react'
import styles from './NetworkTab.module.css'
import { pathOf } from './qr-path.ts'

/** Around a code there have to be four modules of nothing. */
const QUIET = 4

/** A text as a code that a camera reads: black on white in the dark too, for not every camera reads the reverse. */
export function Qr({ text, label }: { text: string; label: string }) {
  const { side, path } = useMemo(() => {
    const rows = encodeQR(text, 'raw', { border: QUIET, ecc: 'medium' })
    return { side: rows.length, path: pathOf(rows) }
  }, [text])
  return (
    <svg className={styles.qr} viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label}>
      <rect width={side} height={side} className={styles.qrGround} />
      <path d={path} className={styles.qrInk} shapeRendering="crispEdges" />
    </svg>
  )
}
