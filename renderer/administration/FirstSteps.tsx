import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from '../frame/Link.tsx'
import { useClinicId } from '../live/clinic.ts'
import { iMay } from '../live/permission.ts'
import { useRecords } from '../live/store.ts'
import styles from './AdministrationView.module.css'
import { BASE, type TabId } from './tabs.ts'

type Step = { id: 'rooms' | 'services' | 'people' | 'doctors' | 'hours'; tab: TabId; done: boolean }

/** What a new clinic still needs before its first patient; gone once it has it. */
export function FirstSteps() {
  const { t } = useTranslation()
  const steps = useSteps()
  if (!iMay('clinic.manage') || steps.every((step) => step.done)) return null
  const next = steps.find((step) => !step.done)
  return (
    <aside className={styles.steps} aria-label={t('administration.steps.title')}>
      <h2>{t('administration.steps.title')}</h2>
      <ol>
        {steps.map((step) => (
          <li key={step.id}>
            <Link
              to={`${BASE}/${step.tab}`}
              className={styles.step}
              data-done={step.done || undefined}
              data-next={step === next || undefined}
            >
              {step.done ? (
                <IconCircleCheckFilled size={18} aria-hidden />
              ) : (
                <IconCircle size={18} stroke={1.75} aria-hidden />
              )}
              {t(`administration.steps.${step.id}`)}
              {step.done && <span className="unseen">{t('administration.steps.done')}</span>}
            </Link>
          </li>
        ))}
      </ol>
    </aside>
  )
}

function useSteps(): readonly Step[] {
  const clinicId = useClinicId()
  const rooms = useRecords('rooms')
  const services = useRecords('services')
  const users = useRecords('users')
  const doctors = useRecords('doctors')
  const schedules = useRecords('schedules')
  const here = <T extends { clinicId: string; active: boolean }>(all: Readonly<Record<string, T>>) =>
    Object.values(all).filter((each) => each.clinicId === clinicId && each.active)
  const mine = here(doctors)
  return [
    { id: 'rooms', tab: 'rooms', done: here(rooms).length > 0 },
    { id: 'services', tab: 'services', done: here(services).length > 0 },
    { id: 'people', tab: 'people', done: Object.values(users).filter((user) => user.active).length > 1 },
    { id: 'doctors', tab: 'doctors', done: mine.length > 0 },
    { id: 'hours', tab: 'doctors', done: mine.some((doctor) => (schedules[doctor.id]?.sessions.length ?? 0) > 0) },
  ]
}
