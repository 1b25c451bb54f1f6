import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from '../frame/Link.tsx'
import { useSubPath } from '../frame/router.ts'
import { iMay } from '../live/permission.ts'
import { useLive } from '../live/store.ts'
import { SkeletonRows } from '../ui/states.tsx'
import styles from './AdministrationView.module.css'
import { FirstSteps } from './FirstSteps.tsx'
import { BASE, TABS } from './tabs.ts'

/** What is set up seldom, each by its own path: `/administration/doctors`. */
export function AdministrationView() {
  const { t } = useTranslation()
  const [chosen] = useSubPath(BASE)
  const loading = useLive((state) => state.feed === null)
  const tabs = TABS.filter((tab) => iMay(tab.permission))
  const tab = tabs.find((each) => each.id === chosen) ?? tabs[0]
  return (
    <div className={styles.view}>
      <nav className={styles.tabs} aria-label={t('view.administration')}>
        {tabs.map((each) => (
          <Link
            key={each.id}
            to={`${BASE}/${each.id}`}
            className={styles.tab}
            aria-current={each.id === tab?.id ? 'page' : undefined}
          >
            {t(`administration.tab.${each.id}`)}
          </Link>
        ))}
      </nav>
      <div className={styles.main}>
        {!loading && <FirstSteps />}
        <div className={styles.tabBody}>
          {loading ? <SkeletonRows /> : <Suspense fallback={<SkeletonRows />}>{tab && <tab.Component />}</Suspense>}
        </div>
      </div>
    </div>
  )
}
