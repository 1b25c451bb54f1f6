import { useTranslation } from 'react-i18next'
import { type AgeBand, ageBand, type Pregnancy, pregnancy } from '../../contract/triage.ts'
import { PlainChoice } from './PlainChoice.tsx'
import styles from './TriageForm.module.css'
import type { FormParts } from './TriageForm.tsx'

const PREGNANCY = pregnancy.exclude(['not_known']).options

/** T3: asked only of whom the answer changes what applies. */
export function Questions({ asked, draft, change }: FormParts) {
  const { t } = useTranslation()
  if (!asked.age && !asked.pregnancy) return null
  return (
    <fieldset className={styles.group}>
      <legend>{t('triage.questions')}</legend>
      {asked.age && (
        <PlainChoice<AgeBand>
          label={t('triage.ageBand')}
          options={ageBand.options.map((value) => ({ value, word: t(`triage.band.${value}`) }))}
          value={draft.ageBand}
          onChange={(value) => change({ ageBand: value })}
        />
      )}
      {asked.pregnancy && (
        <PlainChoice<Pregnancy>
          label={t('triage.pregnancy')}
          options={PREGNANCY.map((value) => ({ value, word: t(`triage.pregnant.${value}`) }))}
          value={draft.pregnancy}
          onChange={(value) => change({ pregnancy: value })}
        />
      )}
    </fieldset>
  )
}
