import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../live/session.ts'
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx'
import { SkeletonRows } from '../ui/states.tsx'
import { AlertBanner } from './AlertBanner.tsx'
import styles from './Frame.module.css'
import { Header } from './Header.tsx'
import { useLanding, viewOf } from './landing.ts'
import { NoPage } from './NoPage.tsx'
import { Rail } from './Rail.tsx'
import { usePath } from './router.ts'
import { useFrameHotkeys } from './use-frame-hotkeys.ts'

/** Everything around the views. */
export function Frame() {
  const { t } = useTranslation()
  const path = usePath((state) => state.path)
  const { view, missing } = viewOf(path)
  useFrameHotkeys()
  useLanding(useSession((session) => session.user?.id))
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#view">
        {t('frame.skip')}
      </a>
      <Rail current={view?.id} />
      <Header />
      <main id="view" className={styles.view} tabIndex={-1}>
        <AlertBanner />
        {view && <h1 className="unseen">{t(`view.${view.id}`)}</h1>}
        <div className={styles.page}>
          <ErrorBoundary key={view?.id}>
            <Suspense fallback={<SkeletonRows />}>{view ? <view.Component /> : <NoPage missing={missing} />}</Suspense>
          </ErrorBoundary>
        </div>
      </main>
    </div>
  )
}
