import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from '../frame/Link.tsx'
import { useSubPath } from '../frame/router.ts'
import { useMay } from '../live/permission.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { later } from '../ui/later.ts'
import { SkeletonRows } from '../ui/states.tsx'
import styles from './Alerts.module.css'
import { openRaise } from './commands.tsx'
import { HistoryPart } from './HistoryPart.tsx'
import { OpenAlerts } from './OpenAlerts.tsx'

// With what draws its charts.
const ReportsPart = lazy(() => later(() => import('./ReportsPart.tsx')).then((file) => ({ default: file.ReportsPart })))

const BASE = '/alerts'
const TABS = ['open', 'history', 'reports'] as const
type Tab = (typeof TABS)[number]
const PARTS = { open: OpenAlerts, history: HistoryPart, reports: ReportsPart } as const satisfies Record<Tab, unknown>

/** L1-L5: what asks for an answer now, what was asked, and the numbers of both. */
export function AlertsView() {
  const { t } = useTranslation()
  const [chosen] = useSubPath(BASE)
  const mayCount = useMay('alert.analyse')
  const tabs = TABS.filter((tab) => tab !== 'reports' || mayCount)
  const tab = tabs.find((each) => each === chosen) ?? 'open'
  const Part = PARTS[tab]
  return (
    <section className={styles.view} aria-label={t('view.alerts')}>
      <header className={styles.head}>
        <h2 className="heading">{t('view.alerts')}</h2>
        <nav className={styles.tabs} aria-label={t('view.alerts')}>
          {tabs.map((each) => (
            <Link
              key={each}
              to={each === 'open' ? BASE : `${BASE}/${each}`}
              className={styles.tab}
              aria-current={each === tab ? 'page' : undefined}
            >
              {t(`alert.tab.${each}`)}
            </Link>
          ))}
        </nav>
        <ActionButton run={() => openRaise()}>{t('alert.raise')}</ActionButton>
      </header>
      <div className={styles.body}>
        <Suspense fallback={<SkeletonRows rows={12} />}>
          <Part />
        </Suspense>
      </div>
    </section>
  )
}
