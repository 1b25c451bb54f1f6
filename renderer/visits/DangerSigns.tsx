import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DangerSign } from '../../contract/visits.ts'
import styles from './VisitDialogs.module.css'

const SIGNS = [
  'unconscious_or_fitting',
  'cannot_breathe',
  'heavy_bleeding',
  'chest_pain',
  'sudden_weakness',
  'pregnant_bleeding_or_fits',
  'limp_infant',
] as const satisfies readonly DangerSign[]

type Props = { value: readonly DangerSign[]; onChange: (signs: DangerSign[]) => void }

/** T0: one tick makes it an emergency. */
export function DangerSigns({ value, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <fieldset className={styles.signs}>
      <legend>{t('danger.title')}</legend>
      {SIGNS.map((sign) => (
        <Checkbox
          key={sign}
          color="red.8"
          label={t(`danger.${sign}`)}
          checked={value.includes(sign)}
          onChange={(event) =>
            onChange(event.currentTarget.checked ? [...value, sign] : value.filter((other) => other !== sign))
          }
        />
      ))}
    </fieldset>
  )
}
