import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { CheckStep } from '../../contract/network-check.ts'
import { useRead } from '../live/use-read.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { FailedState, SkeletonRows } from '../ui/states.tsx'
import { ADVICE, firstWorth } from './advice.ts'
import styles from './ConnectionDoctor.module.css'
import { OutcomeMark } from './OutcomeMark.tsx'

type Props = {
  /** Must be stable. */
  check: (signal: AbortSignal) => Promise<{ steps: readonly CheckStep[] }>
}

/** The steps of a connection in the order in which it is made; the first that fails says what to do. */
export function ConnectionDoctor({ check }: Props) {
  const { t } = useTranslation()
  const read = useCallback((signal: AbortSignal) => check(signal).then(({ steps }) => steps), [check])
  const { data: steps, failed, again } = useRead(read)
  if (failed) return <FailedState text={failed} onRetry={again} />
  if (!steps) return <SkeletonRows rows={8} />
  const worth = firstWorth(steps)
  return (
    <div className={styles.doctor}>
      <div className={styles.summary} data-outcome={worth?.outcome ?? 'passed'}>
        <p role="status">
          {worth
            ? t(`doctorCheck.summary.${worth.outcome === 'failed' ? 'failed' : 'warned'}`, {
                step: t(`doctorCheck.step.${worth.name}`),
              })
            : t('doctorCheck.summary.passed')}
        </p>
        <ActionButton next={worth !== undefined} run={again}>
          {t('doctorCheck.again')}
        </ActionButton>
      </div>
      <ol className={styles.steps}>
        {steps.map((step) => (
          <Step key={step.name} step={step} open={step === worth} />
        ))}
      </ol>
    </div>
  )
}

function Step({ step, open }: { step: CheckStep; open: boolean }) {
  const { t } = useTranslation()
  const { name, outcome, why } = step
  const todo = outcome === 'failed' || outcome === 'warned' ? ADVICE[why] : []
  return (
    <li className={styles.step} data-outcome={outcome}>
      <details open={open}>
        <summary>
          <OutcomeMark outcome={outcome} />
          <span className={styles.name}>{t(`doctorCheck.step.${name}`)}</span>
          <span className={styles.why}>
            {why === 'fine' || why === 'not_reached' ? '' : t(`doctorCheck.why.${why}`)}
          </span>
        </summary>
        <div className={styles.more}>
          <p className="soft">{t(`doctorCheck.about.${name}`)}</p>
          <Facts facts={step.facts} />
          {todo.length > 0 && (
            <>
              <h3>{t('doctorCheck.todo')}</h3>
              <ol className={styles.todo}>
                {todo.map((each) => (
                  <li key={each}>{t(`doctorCheck.advice.${each}`)}</li>
                ))}
              </ol>
            </>
          )}
        </div>
      </details>
    </li>
  )
}

/** What was measured, for whoever reads it out on the telephone. */
function Facts({ facts }: { facts: CheckStep['facts'] }) {
  const { t } = useTranslation()
  const all = Object.entries(facts)
  if (all.length === 0) return null
  return (
    <dl className={styles.facts}>
      {all.map(([key, value]) => (
        <div key={key}>
          <dt>{t(`doctorCheck.fact.${key as 'address'}`, { defaultValue: key })}</dt>
          <dd className="figures">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
