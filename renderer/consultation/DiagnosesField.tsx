import { ActionIcon, Autocomplete } from '@mantine/core'
import { IconPlaylistAdd, IconX } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Consultation } from '../../contract/consultations.ts'
import { fold } from '../../rules/patient-names.ts'
import { addTerm } from '../short-lists/commands.tsx'
import { useTerms } from '../short-lists/use-lists.ts'
import styles from './Consultation.module.css'

type Props = { diagnoses: Consultation['diagnoses']; onChange: (diagnoses: Consultation['diagnoses']) => void }

/** Free text, with the clinic's own words as one types: Enter takes what stands there. */
export function DiagnosesField({ diagnoses, onChange }: Props) {
  const { t } = useTranslation()
  const terms = useTerms()
  const [typed, setTyped] = useState('')
  const words = useMemo(() => terms.map((term) => (term.code ? `${term.text} (${term.code})` : term.text)), [terms])
  const listed = (text: string) => terms.find((term) => fold(term.text) === fold(text))
  const take = (text: string) => {
    const given = text.trim()
    if (!given) return
    const term = terms.find((each) => given === `${each.text} (${each.code})`) ?? listed(given)
    const diagnosis = term ? { text: term.text, code: term.code } : { text: given, code: null }
    if (!diagnoses.some((each) => each.text === diagnosis.text)) onChange([...diagnoses, diagnosis])
    setTyped('')
  }
  return (
    <div className={styles.diagnoses}>
      <Autocomplete
        label={t('consultation.diagnoses')}
        placeholder={t('consultation.diagnosisPlaceholder')}
        value={typed}
        onChange={setTyped}
        onOptionSubmit={(option) => {
          take(option)
          // The component puts the option into the field after this.
          queueMicrotask(() => setTyped(''))
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.defaultPrevented) return
          event.preventDefault()
          take(typed)
        }}
        data={words}
        limit={8}
        maxLength={200}
      />
      <ul className={styles.chips}>
        {diagnoses.map(({ text, code }) => (
          <li key={text} className={styles.chip}>
            <span>
              {text} {code && <span className="soft">{code}</span>}
            </span>
            {!listed(text) && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('shortList.addNamed', { name: text })}
                title={t('shortList.addToList')}
                onClick={() => void addTerm(text)}
              >
                <IconPlaylistAdd size={16} stroke={1.75} aria-hidden />
              </ActionIcon>
            )}
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('consultation.removeDiagnosis', { name: text })}
              title={t('common.remove')}
              onClick={() => onChange(diagnoses.filter((each) => each.text !== text))}
            >
              <IconX size={16} stroke={1.75} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </div>
  )
}
