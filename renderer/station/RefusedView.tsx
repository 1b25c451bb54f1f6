import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Link, StationState } from '../../contract/station.ts'
import { navigate } from '../frame/router.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { Dialogs } from '../ui/dialogs.tsx'
import { Toasts } from '../ui/Toasts.tsx'
import { becomeNew, searchAgain } from './commands.ts'
import { DOCTOR_PATH } from './doctor-path.ts'
import { JoinForm } from './JoinForm.tsx'
import styles from './StationPage.module.css'
import { StationPage } from './StationPage.tsx'
import { TypedHub } from './TypedHub.tsx'

type Why = Extract<Link, { state: 'refused' }>['why']
type Props = { why: Why; state: StationState }

/** The hub answers, and there is no way on without a person: which one, and what they do. */
export function RefusedView({ why, state }: Props) {
  return (
    <>
      {why === 'revoked' ? <Revoked state={state} /> : <Waiting why={why} state={state} />}
      {/* Of one who was signed in, nothing stays open over a page that says something else. */}
      {why === 'revoked' && <Dialogs />}
      <Toasts />
    </>
  )
}

/** What is mended elsewhere: this page goes on by itself once it is. */
function Waiting({ why, state }: { why: Exclude<Why, 'revoked'>; state: StationState }) {
  const { t } = useTranslation()
  const hub = state.hub?.name ?? ''
  return (
    <StationPage
      title={t(`stationRefused.${why}.title`, { hub })}
      text={t(`stationRefused.${why}.text`, { hub })}
      footer={
        <>
          <Button onClick={() => navigate(DOCTOR_PATH)}>{t('doctorCheck.open')}</Button>
          <ActionButton size="sm" px="lg" next run={searchAgain}>
            {t('stationRefused.again')}
          </ActionButton>
        </>
      }
    >
      <ol className={styles.way}>
        <li>{t(`stationRefused.${why}.first`)}</li>
        <li>{t(`stationRefused.${why}.second`)}</li>
      </ol>
      <Versions state={state} />
      <p className="soft">{t('stationRefused.byItself')}</p>
    </StationPage>
  )
}

function Revoked({ state }: { state: StationState }) {
  const { t } = useTranslation()
  const [step, setStep] = useState<'said' | 'typed' | { to: string }>('said')
  const known = state.found[0]
  const name = state.deviceName ?? state.computerName
  if (step === 'typed') return <TypedHub onFound={(to) => setStep({ to })} onBack={() => setStep('said')} />
  if (step !== 'said') {
    const hubName = known?.addresses.includes(step.to) ? known.name : null
    return <JoinForm to={step.to} hubName={hubName} state={state} onBack={() => setStep('said')} />
  }
  const pair = () => setStep(known?.addresses[0] ? { to: known.addresses[0] } : 'typed')
  return (
    <StationPage
      title={t('stationRefused.revoked.title')}
      text={t('stationRefused.revoked.text', { name, hub: state.hub?.name ?? '' })}
      footer={
        <>
          <Button onClick={() => void becomeNew(name)}>{t('stationRefused.revoked.anew')}</Button>
          <Button variant="filled" autoFocus onClick={pair}>
            {t('stationRefused.revoked.pair')}
          </Button>
        </>
      }
    >
      <p>{t('stationRefused.revoked.first')}</p>
    </StationPage>
  )
}

function Versions({ state }: { state: StationState }) {
  const { t } = useTranslation()
  return (
    <dl className={styles.facts}>
      <dt>{t('thisComputer.title')}</dt>
      <dd className="figures">{t('version', { version: state.version })}</dd>
      <dt>{state.hub?.name ?? t('thisComputer.role.hub')}</dt>
      <dd className="figures">
        {state.hub?.version ? t('version', { version: state.hub.version }) : t('thisComputer.unknown')}
      </dd>
    </dl>
  )
}
