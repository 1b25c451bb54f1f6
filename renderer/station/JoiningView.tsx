import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Joining, StationState } from '../../contract/station.ts'
import { navigate } from '../frame/router.ts'
import { cancelJoin } from './commands.ts'
import { DOCTOR_PATH } from './doctor-path.ts'
import { HubPath } from './HubPath.tsx'
import styles from './StationPage.module.css'
import { StationPage } from './StationPage.tsx'

/** The way from asking to the six digits; when the hub has approved, the console comes by itself. */
export function JoiningView({ joining, state }: { joining: Joining; state: StationState }) {
  const { t } = useTranslation()
  if (joining.phase === 'failed') return <Failed problem={joining.problem} state={state} />
  const leave = <Button onClick={() => void cancelJoin()}>{t('join.leave')}</Button>
  if (joining.phase === 'asking') {
    return (
      <StationPage title={t('join.asking', { name: joining.hubName })} text={t('join.askingText')} footer={leave}>
        <p className={styles.looking} role="status">
          <i aria-hidden="true" />
          {t('join.waiting')}
        </p>
      </StationPage>
    )
  }
  return (
    <StationPage title={t('join.digits')} text={t('join.digitsText', { name: joining.hubName })} footer={leave}>
      <Digits digits={joining.digits} />
      <ol className={styles.way}>
        <li>
          {t('join.goToHub')} <HubPath />
        </li>
        <li>{t('join.typeThem')}</li>
        <li>{t('join.thenItself')}</li>
      </ol>
    </StationPage>
  )
}

/** Three and three, as they are read out, and in that order in every script; spoken one by one. */
function Digits({ digits }: { digits: string }) {
  return (
    <p className={styles.digits} role="status" dir="ltr">
      <span className="unseen">{[...digits].join(' ')}</span>
      <span aria-hidden="true">{digits.slice(0, 3)}</span>
      <span aria-hidden="true">{digits.slice(3)}</span>
    </p>
  )
}

type Problem = Extract<Joining, { phase: 'failed' }>['problem']

function Failed({ problem, state }: { problem: Problem; state: StationState }) {
  const { t } = useTranslation()
  const others = problem === 'closed' || problem === 'wrong_digits' || problem === 'expired'
  return (
    <StationPage
      title={t(`join.problem.${problem}.title`)}
      footer={
        <>
          {(problem === 'unreachable' || problem === 'not_a_hub') && (
            <Button onClick={() => navigate(DOCTOR_PATH)}>{t('doctorCheck.open')}</Button>
          )}
          <Button variant="filled" autoFocus onClick={() => void cancelJoin()}>
            {t('join.again')}
          </Button>
        </>
      }
    >
      <div role="alert">
        <p>{t(`join.problem.${problem}.text`)}</p>
        {others && (
          <p>
            <HubPath />
          </p>
        )}
        {problem.endsWith('too_old') && <p className="soft">{t('version', { version: state.version })}</p>}
      </div>
    </StationPage>
  )
}
