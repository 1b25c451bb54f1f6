import type { ReactNode } from 'react'
import styles from './Sheet.module.css'

type Props = { title: string; hint?: ReactNode; actions?: ReactNode; children: ReactNode }

/** A page of one matter: what it is, what can be done, and below it the matter itself, which scrolls. */
export function Sheet({ title, hint, actions, children }: Props) {
  return (
    <section className={styles.sheet} aria-label={title}>
      <header className={styles.head}>
        <div className={styles.titles}>
          <h2 className="heading">{title}</h2>
          {hint && <p className="soft">{hint}</p>}
        </div>
        {actions && <div className={styles.row}>{actions}</div>}
      </header>
      <div className={styles.body}>{children}</div>
    </section>
  )
}

/** One part of a sheet. */
export function Part({ title, hint, actions, children }: Partial<Props> & { children: ReactNode }) {
  return (
    <section className={styles.part} aria-label={title}>
      {title && (
        <header className={styles.partHead}>
          <div className={styles.titles}>
            <h3>{title}</h3>
            {hint && <p className="soft">{hint}</p>}
          </div>
          {actions}
        </header>
      )}
      {children}
    </section>
  )
}
