import { useTranslation } from 'react-i18next'
import { ActionButton } from '../ui/ActionButton.tsx'
import { useAwaited, useDueReminder } from './awaited.ts'
import { openAwaited } from './commands.tsx'
import styles from './Orders.module.css'

/** How many results are awaited, and how many of them are due; opens the list. */
export function AwaitedButton() {
  const { t } = useTranslation()
  const { orders, due } = useAwaited()
  useDueReminder()
  return (
    <ActionButton run={openAwaited}>
      {t('order.awaited', { count: orders.length })}
      {due > 0 && <span className={styles.due}>&nbsp;{t('order.awaitedDue', { count: due })}</span>}
    </ActionButton>
  )
}
