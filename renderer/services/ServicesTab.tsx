import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionButton } from '../ui/ActionButton.tsx'
import { useFormat } from '../ui/format.ts'
import styles from '../ui/Sheet.module.css'
import { Sheet } from '../ui/Sheet.tsx'
import { EmptyState } from '../ui/states.tsx'
import { useHere } from '../ui/use-here.ts'
import { openService } from './commands.tsx'

export function ServicesTab() {
  const { t } = useTranslation()
  const format = useFormat()
  const [inactive, setInactive] = useState(false)
  const services = useHere('services', inactive)
  return (
    <Sheet
      title={t('administration.tab.services')}
      hint={t('service.hint')}
      actions={
        <>
          <Checkbox
            label={t('common.showInactive')}
            checked={inactive}
            onChange={(event) => setInactive(event.currentTarget.checked)}
          />
          <ActionButton next={services.length === 0} run={() => openService()}>
            {t('service.add')}
          </ActionButton>
        </>
      }
    >
      {services.length === 0 ? (
        <EmptyState title={t('service.empty')} hint={t('service.emptyHint')} />
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('service.name')}</th>
              <th scope="col" className={styles.end}>
                {t('service.minutes')}
              </th>
              <th scope="col" className={styles.end}>
                {t('service.priceShort')}
              </th>
              <th scope="col">{t('service.kind')}</th>
              <th scope="col" className={styles.fit}>
                {t('common.state')}
              </th>
            </tr>
          </thead>
          <tbody>
            {services.map((service) => (
              <tr key={service.id} data-gone={service.active ? undefined : true}>
                <th scope="row">
                  <button type="button" className={styles.open} onClick={() => void openService(service)}>
                    {service.name}
                  </button>
                </th>
                <td className={styles.end}>{service.minutes}</td>
                <td className={styles.end}>{format.money(service.priceMinor)}</td>
                <td>{t(service.isConsultation ? 'service.consultation' : 'service.other')}</td>
                <td className={styles.fit}>{t(service.active ? 'common.active' : 'common.inactive')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Sheet>
  )
}
