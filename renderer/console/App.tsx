import { lazy, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Frame } from '../frame/Frame.tsx'
import { LockScreen } from '../frame/LockScreen.tsx'
import { useIdleLock } from '../frame/use-idle-lock.ts'
import { useLiveFeed } from '../frame/use-live-feed.ts'
import { api } from '../live/api.ts'
import { install } from '../live/install.ts'
import { useSession } from '../live/session.ts'
import { useRecord } from '../live/store.ts'
import { useRead } from '../live/use-read.ts'
import { lookAt } from '../my-queue/selection.ts'
import { SignIn } from '../sign-in/SignIn.tsx'
import { showNobody } from '../today/selection.ts'
import { Announcer } from '../ui/Announcer.tsx'
import { hush } from '../ui/announcer.ts'
import { closeDialogs, Dialogs } from '../ui/dialogs.tsx'
import { changeLanguage } from '../ui/i18n.ts'
import { EmptyState } from '../ui/states.tsx'
import { Toasts } from '../ui/Toasts.tsx'
import { dismissAll } from '../ui/toasts.ts'

const StationGate = lazy(() => import('../station/StationGate.tsx').then((file) => ({ default: file.StationGate })))
const SetupView = lazy(() => import('../setup/SetupView.tsx').then((file) => ({ default: file.SetupView })))

/** Who is here decides what is drawn: nobody, somebody, or somebody behind a locked screen. */
export function App() {
  const phase = useSession((session) => session.phase)
  const userId = useSession((session) => session.user?.id)
  useLiveFeed()
  useIdleLock()
  useLanguageOfUser()
  useEffect(() => {
    if (phase !== 'signed_in') hush()
  }, [phase])
  // biome-ignore lint/correctness/useExhaustiveDependencies: for each person who goes
  useEffect(() => dismissAll, [userId])
  const page = (
    <>
      {phase === 'starting' && <Starting />}
      {phase === 'signed_out' && <SignedOut />}
      {phase === 'locked' && <LockScreen />}
      {phase === 'signed_in' && (
        <>
          <Frame />
          <Dialogs />
          <Toasts />
        </>
      )}
    </>
  )
  return (
    <>
      {install === 'hub' ? (
        page
      ) : (
        <Suspense>
          <StationGate>{page}</StationGate>
        </Suspense>
      )}
      <Announcer />
    </>
  )
}

/** A hub without a clinic asks for its first one, on the main computer itself. */
function SignedOut() {
  return install === 'hub' ? <SetupOrSignIn /> : <SignIn />
}

function SetupOrSignIn() {
  const { data } = useRead(readSetup)
  if (data?.needed) {
    return (
      <Suspense>
        <SetupView />
      </Suspense>
    )
  }
  return <SignIn />
}

const readSetup = (signal: AbortSignal) => api.setup.state({}, { signal, context: { anonymous: true } })

function Starting() {
  const { t } = useTranslation()
  const hubAway = useSession((session) => session.hubAway)
  return hubAway ? <EmptyState title={t('start.hubAway')} hint={t('start.hubAwayHint')} /> : null
}

function useLanguageOfUser() {
  const user = useSession((session) => session.user)
  // Their own record knows it sooner: it may have been chosen in another window, or by the administrator.
  const language = useRecord('users', user?.id)?.language ?? user?.language
  useEffect(() => {
    if (language) void changeLanguage(language)
  }, [language])
  const userId = user?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: another person begins with nothing open
  useEffect(
    () => () => {
      closeDialogs()
      showNobody()
      lookAt(null)
    },
    [userId],
  )
}
