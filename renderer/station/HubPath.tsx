import { useTranslation } from 'react-i18next'

/** Where on the hub it is, in the words that stand on its pages. */
export function HubPath() {
  const { t } = useTranslation()
  return (
    <strong>
      {t('view.administration')} › {t('administration.tab.computers')} › {t('device.add')}
    </strong>
  )
}
