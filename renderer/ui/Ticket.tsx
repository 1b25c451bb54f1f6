import styles from './Ticket.module.css'

export function Ticket({ code, large = false }: { code: string; large?: boolean }) {
  return (
    <span className={styles.ticket} data-large={large || undefined}>
      {code}
    </span>
  )
}
