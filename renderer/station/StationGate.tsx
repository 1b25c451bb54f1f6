import { lazy, type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { usePath } from '../frame/router.ts'
import { install } from '../live/install.ts'
import { dropSession, useSession } from '../live/session.ts'
import { later } from '../ui/later.ts'
import { EmptyState } from '../ui/states.tsx'
import { DOCTOR_PATH } from './doctor-path.ts'
import { followStation } from './follow-station.ts'
import { useStation } from './station-state.ts'

// A console at work needs none of them.
const DoctorPage = lazy(() => later(() => import('./DoctorPage.tsx')).then((file) => ({ default: file.DoctorPage })))
const FirstStart = lazy(() => later(() => import('./FirstStart.tsx')).then((file) => ({ default: file.FirstStart })))
const JoiningView = lazy(() => later(() => import('./JoiningView.tsx')).then((file) => ({ default: file.JoiningView })))
const RefusedView = lazy(() => later(() => import('./RefusedView.tsx')).then((file) => ({ default: file.RefusedView })))

/** On a computer that is not the hub: the console, unless this computer itself has something to say first. */
export function StationGate({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const state = useStation((station) => station.state)
  const path = usePath((now) => now.path)
  const locked = useSession((session) => session.phase === 'locked')
  useEffect(followStation, [])
  const link = state?.link
  const revoked = link?.state === 'refused' && link.why === 'revoked'
  // What this page knows of patients is no business of a computer that was sent away.
  useEffect(() => {
    if (revoked) dropSession()
  }, [revoked])
  if (!state) return install === 'new' ? <EmptyState title={t('firstStart.beginning')} /> : children
  if (state.joining) return <JoiningView joining={state.joining} state={state} />
  if (path === DOCTOR_PATH && !locked) return <DoctorPage state={state} />
  if (install === 'new') return <FirstStart state={state} />
  if (link?.state === 'refused') return <RefusedView why={link.why} state={state} />
  return children
}
