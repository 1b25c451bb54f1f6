import { ActionIcon } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Notification } from '../../contract/notifications.ts'
import { openAccount } from '../account/commands.tsx'
import { ActionButton } from '../ui/ActionButton.tsx'
import { useFormat } from '../ui/format.ts'
import { type GridItem, GridList } from '../ui/GridList.tsx'
import { EmptyState, FailedState, SkeletonRows } from '../ui/states.tsx'
import { markAllRead, markRead, openNotification } from './commands.ts'
import { NotificationRow } from './NotificationRow.tsx'
import styles from './Notifications.module.css'
import { useRead, useUnread } from './unread.ts'
import { useEarlier } from './use-earlier.ts'

type Item = GridItem & ({ heading: true; title: string } | { heading?: false; notification: Notification })

const HEADING = 32
const ROW = 56

/** What is unread first, then what was read, day by day; earlier ones a page at a time. */
export function NotificationPanel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const unread = useUnread()
  const earlier = useEarlier()
  const items = useItems(unread, useRead(earlier.items))
  const [active, setActive] = useState<string | null>(null)
  const newest = unread[0]?.id
  const listed = useRef<HTMLDivElement>(null)
  /** A button that was pressed may be gone afterwards, and the focus with it. */
  const backToList = async (done: Promise<void>) => {
    await done
    listed.current?.querySelector<HTMLElement>('[role="grid"]')?.focus()
  }
  const open = (notification: Notification) => {
    onClose()
    openNotification(notification)
  }
  return (
    <section className={styles.panel} aria-label={t('notification.title')}>
      <header className={styles.header}>
        <h2>{t('notification.title')}</h2>
        {newest && <ActionButton run={() => backToList(markAllRead(newest))}>{t('notification.readAll')}</ActionButton>}
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('notification.choose')}
          title={t('notification.choose')}
          onClick={() => {
            onClose()
            void openAccount('notifications')
          }}
        >
          <IconAdjustmentsHorizontal size={18} stroke={1.75} aria-hidden />
        </ActionIcon>
      </header>
      <div className={styles.list} ref={listed}>
        {items.length > 0 ? (
          <GridList
            label={t('notification.title')}
            items={items}
            activeKey={active}
            onActive={(item) => setActive(item.key)}
            onEnter={(item) => !item.heading && open(item.notification)}
            onLetter={(letter, item) => letter === 'r' && !item.heading && void markRead(item.notification)}
            renderItem={(item) =>
              item.heading ? (
                <h3 className={styles.day}>{item.title}</h3>
              ) : (
                <NotificationRow notification={item.notification} onOpen={open} />
              )
            }
            autoFocus
          />
        ) : earlier.failed ? (
          <FailedState text={earlier.failed} onRetry={earlier.more} />
        ) : earlier.loading ? (
          <SkeletonRows rows={6} />
        ) : (
          <EmptyState title={t('notification.none')} hint={t('notification.noneHint')} />
        )}
      </div>
      {earlier.hasMore && items.length > 0 && (
        <footer className={styles.footer}>
          <ActionButton run={() => backToList(earlier.more())}>{t('notification.earlier')}</ActionButton>
        </footer>
      )}
    </section>
  )
}

function useItems(unread: readonly Notification[], read: readonly Notification[]): readonly Item[] {
  const { t } = useTranslation()
  const format = useFormat()
  return useMemo(() => {
    const heading = (key: string, title: string): Item => ({ key, heading: true, height: HEADING, title })
    const row = (notification: Notification): Item => ({ key: notification.id, height: ROW, notification })
    const days = Map.groupBy(read, (one) => format.dayOfInstant(one.at))
    return [
      ...(unread.length > 0 ? [heading('unread', t('notification.unread', { count: unread.length }))] : []),
      ...unread.map(row),
      ...[...days].flatMap(([day, those]) => [heading(day, format.dayWithWeekday(day)), ...those.map(row)]),
    ]
  }, [unread, read, format, t])
}
