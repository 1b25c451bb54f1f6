import { Button, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { navigate, useSubPath } from '../frame/router.ts'
import { api } from '../live/api.ts'
import { useClinicId } from '../live/clinic.ts'
import { useMay } from '../live/permission.ts'
import { adopt, useLive, useRecord } from '../live/store.ts'
import { useRead } from '../live/use-read.ts'
import { type GridItem, GridList } from '../ui/GridList.tsx'
import { useHotkey } from '../ui/hotkeys.ts'
import { EmptyState, FailedState, SkeletonRows } from '../ui/states.tsx'
import { openBook, openWalkIn } from '../visits/open-dialogs.tsx'
import { openImport, openRegister, pathOf } from './commands.tsx'
import { PatientLine } from './PatientPicker.tsx'
import { PatientRecord } from './PatientRecord.tsx'
import styles from './PatientsView.module.css'
import { LONGEST_SEARCH } from './use-patient-search.ts'

const BASE = '/patients'
const MOST = 60
const PAUSE_MS = 120

/** Everybody the clinic knows: found by anything, and one of them: `/patients/<id>`. */
export function PatientsView() {
  const { t } = useTranslation()
  const [id] = useSubPath(BASE)
  const mayCheckIn = useMay('visit.checkIn')
  const mayBook = useMay('appointment.book')
  useHotkey('F4', () => openWalkIn(id), { enabled: mayCheckIn })
  useHotkey('F6', () => openBook(id), { enabled: mayBook })
  return (
    <div className={styles.view}>
      <FindPane chosen={id ?? null} />
      <section className={styles.record} aria-label={t('patient.one')}>
        {id ? (
          <PatientRecord key={id} patientId={id} />
        ) : (
          <EmptyState title={t('patient.nobodyChosen')} hint={t('patients.chooseHint')} />
        )}
      </section>
    </div>
  )
}

function FindPane({ chosen }: { chosen: string | null }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const mayRegister = useMay('patient.register')
  const mayImport = useMay('clinic.manage')
  const { items, failed, again, q } = useFound(text)
  const list = useRef<HTMLDivElement>(null)
  const toList = () => list.current?.querySelector<HTMLElement>('[role="grid"]')?.focus()
  return (
    <section className={styles.find} aria-label={t('patients.find')}>
      <div className={styles.box}>
        <TextInput
          aria-label={t('patients.find')}
          maxLength={LONGEST_SEARCH}
          placeholder={t('patient.picker.hint')}
          leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            const [first] = items ?? []
            if (event.key === 'ArrowDown') toList()
            else if (event.key === 'Enter' && first && q === text.trim()) open(first)
            else return
            event.preventDefault()
          }}
          autoFocus
          autoComplete="off"
          spellCheck={false}
        />
      </div>
      <div className={styles.results} ref={list}>
        {failed ? (
          <FailedState text={failed} onRetry={again} />
        ) : !items ? (
          <SkeletonRows rows={10} />
        ) : items.length === 0 ? (
          <EmptyState
            title={q ? t('patients.nobody', { text: q }) : t('patients.none')}
            hint={q ? t('patients.nobodyHint') : t('patients.noneHint')}
          />
        ) : (
          <GridList
            label={q ? t('patients.found') : t('patients.newest')}
            items={items}
            activeKey={chosen}
            onActive={open}
            onEnter={open}
            renderItem={renderFound}
          />
        )}
      </div>
      {mayRegister && (
        <footer className={styles.footer}>
          <Button
            size="xs"
            variant={items?.length === 0 ? 'filled' : 'default'}
            onClick={() => openRegister(text.trim())}
          >
            {t('patients.register')}
          </Button>
          {mayImport && (
            <Button size="xs" onClick={() => openImport()}>
              {t('import.open')}
            </Button>
          )}
        </footer>
      )}
    </section>
  )
}

const open = (item: GridItem) => navigate(pathOf(item.key))
const ROW = 48
const renderFound = (item: GridItem) => <Found id={item.key} />

function Found({ id }: { id: string }) {
  const patient = useRecord('patients', id)
  return patient ? (
    <div className={styles.found}>
      <PatientLine patient={patient} />
    </div>
  ) : null
}

const newestNumber = (patients: Readonly<Record<string, { number: string }>>): string =>
  Object.values(patients).reduce((newest, { number }) => (number > newest ? number : newest), '')

/** P2: what the hub finds a moment after the last key; without a word, who came last. */
function useFound(text: string) {
  const clinicId = useClinicId()
  const [q, setQ] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setQ(text.trim()), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  const read = useCallback(
    async (signal: AbortSignal) => {
      const { items } = await api.patients.search({ query: { q, clinicId, limit: MOST } }, { signal })
      adopt({ patients: items })
      return { q, items: items.map((patient) => ({ key: patient.id, height: ROW })) }
    },
    [q, clinicId],
  )
  // Somebody new belongs at the top of the newest.
  const newest = useLive((state) => (q ? '' : newestNumber(state.nouns.patients)))
  const { data, failed, again } = useRead(read, newest)
  const last = useRef(data)
  // The last answer stays in sight until the next one comes.
  if (data) last.current = data
  return { items: data?.items ?? last.current?.items, q: data?.q ?? last.current?.q ?? '', failed, again }
}
