import { useTranslation } from 'react-i18next'
import type { VisitStatus } from '../../contract/visits.ts'

export function StatusWord({ status }: { status: VisitStatus }) {
  const { t } = useTranslation()
  return <strong>{t(`visit.status.${status}`)}</strong>
}
