import { useTranslation } from 'react-i18next'
import type { Risk } from '../../contract/triage.ts'
import { listed } from '../ui/direction.ts'
import { packTitle } from './pack-title.ts'
import styles from './TriageForm.module.css'

type Props = { risk: Risk; missing: readonly { id: string; version: string }[]; empty?: boolean }

/** T3, T6: the score with its response, or plainly why there is none; what raised a level; and from which rules. */
export function RiskPanel({ risk, missing, empty = false }: Props) {
  const { t } = useTranslation()
  const { score, blocked, findings, packs } = risk
  return (
    <section className={styles.risk} aria-label={t('triage.score')}>
      <div role="status">
        {score && !empty && <ScoreLine score={score} />}
        {score && empty && <p className={styles.total}>{t('triage.nothingYet')}</p>}
        {blocked.map((reason) => (
          <p key={reason} className={styles.blocked}>
            {t(`triage.blocked.${reason}`)}
          </p>
        ))}
        {findings.map(({ parameter, level, pack }) => (
          <p key={`${pack.id} ${parameter}`} className={styles.finding}>
            {t('triage.finding', { what: t(`triage.vital.${parameter}`), level: t(`urgency.${level}`) })}
          </p>
        ))}
      </div>
      {risk.pregnancyNotKnown && <p className={styles.warn}>{t('triage.pregnancyNotKnown')}</p>}
      {packs.length === 0 && <p className={styles.warn}>{t('triage.noPack')}</p>}
      {missing.length > 0 && (
        <p className={styles.warn}>
          {t('triage.packMissing', { packs: missing.map((one) => `${one.id}-${one.version}`).join(', ') })}
        </p>
      )}
      <details className={styles.sources}>
        <summary>{t('triage.sources')}</summary>
        {packs.map((pack) => (
          <p key={pack.id}>
            <strong>
              {packTitle(pack)} ({pack.version})
            </strong>{' '}
            <bdi lang="en">{pack.sources.join('; ')}</bdi>
          </p>
        ))}
      </details>
      {packs.map((pack) => (
        <p key={pack.id} className="soft small" lang="en" dir="ltr">
          {pack.acknowledgement}
        </p>
      ))}
      <p className={styles.support}>{t('triage.support')}</p>
    </section>
  )
}

function ScoreLine({ score }: { score: NonNullable<Risk['score']> }) {
  const { t } = useTranslation()
  const { total, atLeast, missing, band, review, spo2Scale } = score
  return (
    <>
      <p className={styles.total} data-band={band ?? undefined}>
        {total === null ? t('triage.atLeast', { count: atLeast }) : t('triage.total', { count: total })}
      </p>
      {band && <p>{t(`triage.riskBand.${band}`)}</p>}
      {review && <p>{t(`triage.review.${review}`)}</p>}
      {missing.length > 0 && (
        <p className="soft">
          {t('triage.incomplete', { what: listed(missing.map((one) => t(`triage.vital.${one}`))) })}
        </p>
      )}
      <p className="soft small">{t('triage.onScale', { scale: spo2Scale })}</p>
    </>
  )
}
