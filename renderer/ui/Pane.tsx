import type { ReactNode } from 'react'
import styles from './Pane.module.css'

type Props = { title: string; aside?: ReactNode; end?: ReactNode; footer?: ReactNode; children: ReactNode }

/** One column of a page: a heading, what it holds, and what can be done. */
export function Pane({ title, aside, end, footer, children }: Props) {
  return (
    <section className={styles.pane} aria-label={title}>
      <header className={styles.header}>
        <h2 className={styles.title}>{title}</h2>
        {aside && <span className={styles.aside}>{aside}</span>}
        {end && <span className={styles.end}>{end}</span>}
      </header>
      <div className={styles.body}>{children}</div>
      {footer && <footer className={styles.footer}>{footer}</footer>}
    </section>
  )
}
