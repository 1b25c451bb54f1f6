import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { StationState } from '../../contract/station.ts'
import { ConnectionDoctor } from '../connection-doctor/ConnectionDoctor.tsx'
import { navigate } from '../frame/router.ts'
import { StationPage } from './StationPage.tsx'
import { stationApi } from './station-api.ts'

/** The connection doctor as a page, for whoever has signed in or not. */
export function DoctorPage({ state }: { state: StationState }) {
  const { t } = useTranslation()
  return (
    <StationPage
      wide
      title={t('doctorCheck.title')}
      text={state.hub ? t('doctorCheck.textHub', { name: state.hub.name }) : t('doctorCheck.text')}
      footer={
        <>
          <Button onClick={() => navigate('/')}>{t('common.cancel')}</Button>
          <p className="soft">
            {state.computerName} · {t('version', { version: state.version })}
          </p>
        </>
      }
    >
      <ConnectionDoctor check={check} />
    </StationPage>
  )
}

const check = (signal: AbortSignal) => stationApi.check({ body: {} }, { signal })
