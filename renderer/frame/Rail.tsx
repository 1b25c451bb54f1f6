import { useTranslation } from 'react-i18next'
import { useHotkey } from '../ui/hotkeys.ts'
import { Logo } from '../ui/Logo.tsx'
import type { View } from '../views.ts'
import styles from './Frame.module.css'
import { Link } from './Link.tsx'
import { myViews } from './landing.ts'
import { navigate } from './router.ts'

/** The views that this person may open. */
export function Rail({ current }: { current: string | undefined }) {
  const { t } = useTranslation()
  return (
    <nav className={styles.rail} aria-label={t('frame.views')}>
      <span className={styles.brand}>
        <Logo />
      </span>
      {myViews().map((view) => (
        <RailItem key={view.id} view={view} current={view.id === current} />
      ))}
    </nav>
  )
}

function RailItem({ view, current }: { view: View; current: boolean }) {
  const { t } = useTranslation()
  useHotkey(view.hotkey, () => navigate(view.path))
  return (
    <Link
      to={view.path}
      className={styles.item}
      aria-current={current ? 'page' : undefined}
      aria-keyshortcuts={view.hotkey}
      title={view.hotkey}
    >
      <view.icon size={22} stroke={1.6} aria-hidden />
      {t(`view.${view.id}`)}
    </Link>
  )
}
