import { IconAlertOctagonFilled, IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Severity } from '../../contract/severity.ts'
import styles from './Alerts.module.css'

const SHAPES = { critical: IconAlertOctagonFilled, warning: IconAlertTriangle, info: IconInfoCircle } as const

/** U3: shape, word and colour. */
export function SeverityMark({ severity }: { severity: Severity }) {
  const { t } = useTranslation()
  const Shape = SHAPES[severity]
  return (
    <span className={styles.severity} data-severity={severity}>
      <Shape size={18} aria-hidden />
      {t(`alert.severity.${severity}`)}
    </span>
  )
}
