import { Button } from '@mantine/core'
import { IconBuildingHospital, IconChevronRight, IconDevicesPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FoundHub, StationState } from '../../contract/station.ts'
import { navigate } from '../frame/router.ts'
import { DOCTOR_PATH } from './doctor-path.ts'
import { JoinForm } from './JoinForm.tsx'
import { MainComputer } from './MainComputer.tsx'
import styles from './StationPage.module.css'
import { StationPage, walkAnswers } from './StationPage.tsx'
import { TypedHub } from './TypedHub.tsx'

type Step = { at: 'question' | 'main' | 'typed' } | { at: 'join'; to: string; hubName: string | null }

/** First start: one question with two answers. Nothing else is asked before it. */
export function FirstStart({ state }: { state: StationState }) {
  const [step, setStep] = useState<Step>({ at: 'question' })
  const back = () => setStep({ at: 'question' })
  const joinTo = (to: string, hubName: string | null) => setStep({ at: 'join', to, hubName })
  if (step.at === 'main') return <MainComputer found={state.found} onBack={back} />
  if (step.at === 'typed') return <TypedHub onFound={(to) => joinTo(to, null)} onBack={back} />
  if (step.at === 'join') return <JoinForm to={step.to} hubName={step.hubName} state={state} onBack={back} />
  return <Question state={state} onStep={setStep} onHub={(hub) => joinTo(hub.addresses[0] ?? '', hub.name)} />
}

type QuestionProps = { state: StationState; onStep: (step: Step) => void; onHub: (hub: FoundHub) => void }

function Question({ state, onStep, onHub }: QuestionProps) {
  const { t } = useTranslation()
  // The likely answer is the next step: to join what was found, or else to be the first.
  const nothing = state.found.length === 0 && !state.searching
  return (
    <StationPage wide title={t('firstStart.title')} text={t('firstStart.text')}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys only move between the buttons in it */}
      <div className={styles.answers} onKeyDown={walkAnswers}>
        <section className={styles.answer} aria-label={t('firstStart.main')}>
          <IconBuildingHospital stroke={1.5} aria-hidden />
          <h2>{t('firstStart.main')}</h2>
          <p>{t('firstStart.mainText')}</p>
          <ul className={styles.way}>
            <li>{t('firstStart.mainOn')}</li>
            <li>{t('firstStart.mainCable')}</li>
          </ul>
          <Button
            data-answer
            autoFocus
            fullWidth
            size="md"
            variant={nothing ? 'filled' : 'default'}
            onClick={() => onStep({ at: 'main' })}
          >
            {t('firstStart.mainVerb')}
          </Button>
        </section>
        <section className={styles.answer} aria-label={t('firstStart.join')}>
          <IconDevicesPlus stroke={1.5} aria-hidden />
          <h2>{t('firstStart.join')}</h2>
          <p>{t('firstStart.joinText')}</p>
          <FoundHubs state={state} onHub={onHub} />
          <Button data-answer fullWidth size="md" onClick={() => onStep({ at: 'typed' })}>
            {t('firstStart.notListed')}
          </Button>
        </section>
      </div>
      <footer className={styles.footer}>
        <p className="soft">
          {t('firstStart.thisIs', { name: state.computerName })} · {t('version', { version: state.version })}
        </p>
        <Button size="xs" onClick={() => navigate(DOCTOR_PATH)}>
          {t('doctorCheck.open')}
        </Button>
      </footer>
    </StationPage>
  )
}

/** The clinic's hubs as they appear. */
function FoundHubs({ state, onHub }: { state: StationState; onHub: (hub: FoundHub) => void }) {
  const { t } = useTranslation()
  const { found, searching } = state
  const count = found.filter(({ name }) => name === found[0]?.name).length
  return (
    <div className={styles.hubs} role="status" aria-label={t('firstStart.found')}>
      {found.map((hub, index) => (
        <button
          key={hub.hubId}
          type="button"
          data-answer
          className={styles.hub}
          data-next={index === 0 || undefined}
          onClick={() => onHub(hub)}
        >
          <strong className="clip">{hub.name}</strong>
          <IconChevronRight className="turned" size={18} stroke={1.75} aria-hidden />
          <span className="clip figures">
            {hub.addresses[0]}
            {/* Two of one name are told apart by the end of what never changes. */}
            {count > 1 && ` · ${hub.hubId.slice(-6)}`}
          </span>
        </button>
      ))}
      {found.length === 0 && (
        <p className={styles.looking}>
          {searching && <i aria-hidden="true" />}
          {t(searching ? 'firstStart.looking' : 'firstStart.noneFound')}
        </p>
      )}
    </div>
  )
}
