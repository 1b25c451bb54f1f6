import { Modal } from '@mantine/core'
import { type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useToday } from '../live/clinic.ts'
import { PatientLine } from '../patients/PatientPicker.tsx'
import { LONGEST_SEARCH, usePatientSearch } from '../patients/use-patient-search.ts'
import { enterLayer } from '../ui/hotkeys.ts'
import styles from './Palette.module.css'
import { paletteEntries, showPatientOnToday } from './palette-entries.ts'

/** U1: everything by its name: patients, tickets of today, pages, actions. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const id = useId()
  const today = useToday()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const search = usePatientSearch(typed, 6)
  const own = useMemo(() => paletteEntries(typed, today), [typed, today])
  useEffect(enterLayer, [])
  const tickets = own.filter((entry) => entry.group === 'tickets')
  const others = own.filter((entry) => entry.group !== 'tickets')
  const rows = [
    ...tickets.map((entry) => ({ ...entry, body: <EntryLine label={entry.label} aside={entry.aside} /> })),
    ...search.items.map((patient) => ({
      key: patient.id,
      group: 'patients' as const,
      run: () => showPatientOnToday(patient.id, today),
      body: <PatientLine patient={patient} />,
    })),
    ...others.map((entry) => ({ ...entry, body: <EntryLine label={entry.label} aside={entry.aside} /> })),
  ]
  const chosen = Math.min(at, rows.length - 1)
  const take = (index: number) => {
    const row = rows[index]
    if (!row) return
    onClose()
    row.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, rows.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(chosen - 1, 0))
    else if (event.key === 'Enter') take(chosen)
    else return
    event.preventDefault()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      centered={false}
      yOffset="12vh"
      size={640}
      padding={0}
      attributes={{ content: { 'aria-label': t('frame.search') } }}
      classNames={{ content: styles.content, overlay: styles.overlay }}
    >
      <input
        className={styles.input}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
        maxLength={LONGEST_SEARCH}
        placeholder={t('frame.search')}
        aria-label={t('frame.search')}
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={rows.length > 0 ? `${id}-${chosen}` : undefined}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
      />
      <div className={styles.list} id={`${id}-list`} role="listbox" aria-label={t('frame.search')}>
        {rows.map((row, index) => (
          <div key={`${row.group}-${row.key}`} role="presentation">
            {row.group !== rows[index - 1]?.group && <p className={styles.group}>{t(`palette.${row.group}`)}</p>}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the box above hears the keys */}
            <div
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === chosen}
              className={styles.row}
              onMouseMove={() => setAt(index)}
              onClick={() => take(index)}
            >
              {row.body}
            </div>
          </div>
        ))}
        {rows.length === 0 && !search.searching && (
          <p className={styles.none}>{search.failed ?? t('palette.nothing')}</p>
        )}
      </div>
    </Modal>
  )
}

function EntryLine({ label, aside }: { label: string; aside: string }) {
  return (
    <>
      <span className={styles.label}>{label}</span>
      <span className="soft">{aside}</span>
    </>
  )
}
