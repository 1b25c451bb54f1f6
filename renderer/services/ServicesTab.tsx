import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../ui/format.ts'
import { RecordsSheet } from '../ui/RecordsSheet.tsx'
import { useHere } from '../ui/use-here.ts'
import { openService } from './commands.tsx'

export function ServicesTab() {
  const { t } = useTranslation()
  const format = useFormat()
  const [inactive, setInactive] = useState(false)
  const services = useHere('services', inactive)
  return (
    <RecordsSheet
      title={t('administration.tab.services')}
      hint={t('service.hint')}
      inactive={{ shown: inactive, show: setInactive }}
      add={{ label: t('service.add'), run: () => openService(), next: services.length === 0 }}
      records={services}
      name={{ label: t('service.name'), of: (service) => service.name }}
      open={openService}
      columns={[
        { label: t('service.minutes'), of: ({ minutes }) => minutes, sortBy: ({ minutes }) => minutes, end: true },
        {
          label: t('service.priceShort'),
          of: ({ priceMinor }) => format.money(priceMinor),
          sortBy: ({ priceMinor }) => priceMinor,
          end: true,
        },
        {
          label: t('service.kind'),
          of: ({ isConsultation }) => t(isConsultation ? 'service.consultation' : 'service.other'),
          sortBy: ({ isConsultation }) => Number(!isConsultation),
        },
      ]}
      empty={{ title: t('service.empty'), hint: t('service.emptyHint') }}
    />
  )
}
