import { useTranslation } from 'react-i18next'
import type { Patient } from '../../contract/patients.ts'
import { useToday } from '../live/clinic.ts'
import { useAge, useFormat } from './format.ts'
import { t } from './i18n.ts'
import styles from './PatientBanner.module.css'
import { bannerName } from './patient-name.ts'

type Props = {
  patient: Patient | undefined
  /** T0: words for somebody nobody knows yet. */
  label?: string | null
  /** What else belongs beside the name: allergies, for those who opened the record. */
  aside?: React.ReactNode
}

/** U2: on every view of one patient, never on a list of several. */
export function PatientBanner({ patient, label, aside }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const age = useAge(patient, useToday())
  if (!patient) {
    return (
      <header className={styles.banner}>
        <h2 className={`${styles.name} heading`}>{label ?? t('patient.unknown')}</h2>
        <p className={styles.line}>{t('patient.unknownHint')}</p>
      </header>
    )
  }
  const born = patient.birthDate && !patient.birthDateEstimated ? format.day(patient.birthDate) : null
  return (
    <header className={styles.banner}>
      {patient.photo && <img className={styles.photo} src={patient.photo} alt="" />}
      <div className={styles.who}>
        <h2 className={`${styles.name} heading`}>{bannerName(patient)}</h2>
        <p className={styles.line}>
          <span>{bornText(born, age)}</span>
          <span>{patient.sex === 'not_known' ? t('patient.sexNotKnown') : t(`patient.sex.${patient.sex}`)}</span>
          <span className={styles.number}>{patient.number}</span>
          {patient.phones[0] && <span dir="ltr">{patient.phones[0]}</span>}
          {patient.deceasedOn && <strong>{t('patient.deceased', { day: format.day(patient.deceasedOn) })}</strong>}
        </p>
        {patient.note && <p className={styles.note}>{patient.note}</p>}
      </div>
      {aside && <div className={styles.aside}>{aside}</div>}
    </header>
  )
}

function bornText(born: string | null, age: string): string {
  if (born) return t('patient.bornAndAge', { born, age })
  return age || t('patient.bornNotKnown')
}
