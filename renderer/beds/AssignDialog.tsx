import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Bed } from '../../contract/beds.ts'
import { useClinicId } from '../live/clinic.ts'
import { useLive } from '../live/store.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { visitName } from '../ui/patient-name.ts'
import { StatusWord } from '../ui/StatusWord.tsx'
import { Ticket } from '../ui/Ticket.tsx'
import { UrgencyMark } from '../ui/UrgencyMark.tsx'
import styles from './AssignDialog.module.css'
import { bedName } from './bed-of.ts'
import { type Candidate, candidates } from './plan.ts'

type Props = { bed: Bed; typed: string; onAnswer: (visitId?: string) => void }

/** Who is here, by ticket or name: a few letters and Enter. */
export function AssignDialog({ bed, typed: begun, onAnswer }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const clinicId = useClinicId()
  const nouns = useLive((state) => state.nouns)
  const [typed, setTyped] = useState(begun)
  const [at, setAt] = useState(0)
  const rows = candidates(nouns, clinicId, bed.id).filter(({ visit }) => isMeant(visit, typed))
  const chosen = Math.min(at, rows.length - 1)
  const take = (row: Candidate | undefined) => row && onAnswer(row.visit.id)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, rows.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(chosen - 1, 0))
    else return
    event.preventDefault()
  }
  return (
    <Dialog
      title={t('beds.assignTo', { bed: bedName(bed) })}
      size="medium"
      onClose={() => onAnswer()}
      onSubmit={() => take(rows[chosen])}
    >
      <input
        ref={focusAtEnd}
        className={styles.input}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
        placeholder={t('beds.find')}
        aria-label={t('beds.find')}
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={rows.length > 0 ? `${id}-${chosen}` : undefined}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
      />
      <div className={styles.list} id={`${id}-list`} role="listbox" aria-label={t('beds.here')} tabIndex={-1}>
        {rows.map((row, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the box above hears the keys
          <div
            key={row.visit.id}
            id={`${id}-${index}`}
            ref={index === chosen ? inSight : undefined}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            className={styles.row}
            onMouseMove={() => setAt(index)}
            onClick={() => take(row)}
          >
            <CandidateLine {...row} />
          </div>
        ))}
      </div>
      {rows.length === 0 && <p className="soft">{typed ? t('beds.nobodyMeant') : t('beds.nobodyHere')}</p>}
    </Dialog>
  )
}

function CandidateLine({ visit, bed }: Candidate) {
  const { t } = useTranslation()
  return (
    <>
      <Ticket code={visit.ticket} />
      <span className={`${styles.name} clip`}>{visitName(visit)}</span>
      {bed ? (
        <span className={styles.has}>{t('beds.leaves', { bed: bed.label })}</span>
      ) : (
        <StatusWord status={visit.status} />
      )}
      <UrgencyMark urgency={visit.urgency} />
    </>
  )
}

/** At once: the next letters of the ticket are on their way. */
function focusAtEnd(input: HTMLInputElement | null) {
  input?.focus()
  input?.setSelectionRange(input.value.length, input.value.length)
}

const inSight = (row: HTMLElement | null) => row?.scrollIntoView({ block: 'nearest' })

function isMeant(visit: Candidate['visit'], typed: string): boolean {
  const text = typed.trim().toLocaleLowerCase()
  const ticket = visit.ticket.toLocaleLowerCase()
  return ticket.includes(text.replace(/[\s-]/g, '')) || visitName(visit).toLocaleLowerCase().includes(text)
}
