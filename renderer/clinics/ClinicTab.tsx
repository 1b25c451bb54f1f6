import { useTranslation } from 'react-i18next'
import { useClinic } from '../live/clinic.ts'
import { useMay } from '../live/permission.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { ClinicForm } from './ClinicForm.tsx'
import { Closures } from './Closures.tsx'

export function ClinicTab() {
  const { t } = useTranslation()
  const clinic = useClinic()
  const mayManage = useMay('clinic.manage')
  if (!clinic) return null
  return (
    <Sheet title={clinic.name} hint={t('clinic.hint')}>
      <Closures />
      {mayManage && <ClinicForm key={clinic.id} clinic={clinic} />}
    </Sheet>
  )
}
