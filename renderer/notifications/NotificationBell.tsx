import { Popover } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import frame from '../frame/Frame.module.css'
import { useHotkey } from '../ui/hotkeys.ts'
import { later } from '../ui/later.ts'
import { SkeletonRows } from '../ui/states.tsx'
import styles from './Notifications.module.css'
import { useUnread } from './unread.ts'

const NotificationPanel = lazy(() =>
  later(() => import('./NotificationPanel.tsx')).then((file) => ({ default: file.NotificationPanel })),
)

/** Past this a number says no more than that there are many. */
const MOST_SAID = 99

/** S3: how much is unread, the same on every screen of a person; and what it is. */
export function NotificationBell() {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const count = useUnread().length
  useHotkey('Alt+N', () => setOpened((is) => !is))
  return (
    <Popover position="bottom-end" shadow="sm" trapFocus returnFocus opened={opened} onChange={setOpened}>
      <Popover.Target>
        <button
          type="button"
          className={frame.button}
          aria-label={t('notification.bell', { count })}
          aria-keyshortcuts="Alt+N"
          title="Alt N"
          onClick={() => setOpened((is) => !is)}
        >
          <IconBell size={18} stroke={1.75} aria-hidden />
          {count > 0 && <span className={styles.count}>{count > MOST_SAID ? `${MOST_SAID}+` : count}</span>}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.dropdown} aria-label={t('notification.title')}>
        <Suspense fallback={<SkeletonRows rows={6} />}>
          <NotificationPanel onClose={() => setOpened(false)} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}
