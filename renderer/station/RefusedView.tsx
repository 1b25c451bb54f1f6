import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Link, StationState } from '../../contract/station.ts'
import { navigate } from '../frame/router.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { Toasts } from '../ui/Toasts.tsx'
import { beginAnew, searchAgain } from './commands.ts'
import { DOCTOR_PATH } from './doctor-path.ts'
import styles from './StationPage.module.css'
import { StationPage } from './StationPage.tsx'

type Why = Extract<Link, { state: 'refused' }>['why']
type Props = { why: Why; state: StationState }

/** The hub answers, and there is no way on without a person: which one, and what they do. */
export function RefusedView({ why, state }: Props) {
  return (
    <>
      {why === 'revoked' ? <Revoked state={state} /> : <Waiting why={why} state={state} />}
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

/** It has nothing to lose any more: its key opens nothing, so it begins as a new computer does. */
function Revoked({ state }: { state: StationState }) {
  const { t } = useTranslation()
  const name = state.deviceName ?? state.computerName
  return (
    <StationPage
      title={t('stationRefused.revoked.title')}
      text={t('stationRefused.revoked.text', { name, hub: state.hub?.name ?? '' })}
      footer={
        <ActionButton size="sm" px="lg" next autoFocus run={beginAnew}>
          {t('stationRefused.revoked.anew')}
        </ActionButton>
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
