import { Button, Select, Textarea } from '@mantine/core'
import { type ChangeEvent, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, newId } from '../live/api.ts'
import { useClinicId, useToday } from '../live/clinic.ts'
import { perform, useBusy } from '../live/perform.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { problemWords } from '../ui/problem-words.ts'
import sheet from '../ui/Sheet.module.css'
import { isBlank, parseCsv } from './csv.ts'
import styles from './ImportDialog.module.css'
import { COLUMNS, type Column, guessColumns, patientOf } from './import-rows.ts'

const KEY = 'patient.import'
const AT_ONCE = 500
const SHOWN = 4

/** `line` as the file counts, its heading being the first. */
type Refused = { line: number; message: string }
type Outcome = { taken: number; refused: readonly Refused[] }

/** Patients from another system: a file or pasted lines, what each column is, and afterwards what was not taken. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const clinicId = useClinicId()
  const today = useToday()
  const busy = useBusy(KEY)
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<Record<number, Column | null>>({})
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  // A line keeps its id when it is sent again: what was taken before is then refused, and not doubled.
  const ids = useRef(new Map<number, string>())
  const [headings = [], ...all] = useMemo(() => parseCsv(text), [text])
  const lines = all.flatMap((cells, index) => (isBlank(cells) ? [] : [{ cells, line: index + 2 }]))
  const guessed = useMemo(() => guessColumns(headings), [headings])
  const columns = headings.map((_heading, index) =>
    index in chosen ? (chosen[index] ?? null) : (guessed[index] ?? null),
  )
  const named = columns.some((column) => column === 'familyName' || column === 'givenName' || column === 'fullName')
  const ready = lines.length > 0 && named
  const use = (next: string) => {
    setText(next)
    setChosen({})
    ids.current.clear()
  }

  const send = async () => {
    if (!ready || busy) return
    const read = lines.map(({ cells, line }) => ({
      line,
      ...patientOf(cells, columns, { today, cardKind: t('patients.card') }),
    }))
    const wrong = read.flatMap((row) =>
      'problem' in row ? [{ line: row.line, message: t(`import.problem.${row.problem}`) }] : [],
    )
    const idOf = (line: number) => {
      const id = ids.current.get(line) ?? newId()
      ids.current.set(line, id)
      return id
    }
    const rows = read.flatMap((row) =>
      'fields' in row ? [{ line: row.line, body: { id: idOf(row.line), ...row.fields } }] : [],
    )
    const sent = await sendAll(clinicId, rows)
    if (!sent) return
    setOutcome({ taken: sent.taken, refused: [...wrong, ...sent.refused].sort((a, b) => a.line - b.line) })
  }

  if (outcome) return <Done outcome={outcome} onClose={onClose} />
  return (
    <Dialog
      title={t('import.title')}
      size="large"
      onClose={onClose}
      onSubmit={send}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" disabled={!ready} loading={busy}>
            {lines.length > 0 ? t('import.verb', { count: lines.length }) : t('import.open')}
          </Button>
        </>
      }
    >
      <p>{t('import.text')}</p>
      <FileButton onText={use} />
      <Textarea
        label={t('import.paste')}
        rows={5}
        value={text}
        onChange={(event) => use(event.currentTarget.value)}
        className={styles.paste}
        spellCheck={false}
        data-autofocus
      />
      {headings.length > 0 && (
        <ColumnTable
          headings={headings}
          lines={lines.slice(0, SHOWN).map((each) => each.cells)}
          columns={columns}
          onColumn={(index, column) => setChosen((all) => ({ ...all, [index]: column }))}
        />
      )}
      {lines.length > 0 && !named && <p role="alert">{t('import.noName')}</p>}
    </Dialog>
  )
}

type Row = { line: number; body: Parameters<typeof api.patients.importMany>[0]['body']['rows'][number] }

async function sendAll(clinicId: string, rows: readonly Row[]): Promise<Outcome | undefined> {
  let taken = 0
  const refused: Refused[] = []
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const part = rows.slice(from, from + AT_ONCE)
    const answer = await perform({
      key: KEY,
      run: (intent) =>
        api.patients.importMany({ body: { clinicId, rows: part.map((row) => row.body) } }, { context: { intent } }),
    })
    if (!answer) return undefined
    taken += answer.taken
    for (const { row, message } of answer.refused)
      refused.push({ line: part[row]?.line ?? 0, message: problemWords(message.replace(/^\w+: /, '')) })
  }
  return { taken, refused }
}

function FileButton({ onText }: { onText: (text: string) => void }) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.currentTarget.files ?? []
    if (file) onText(await file.text())
  }
  return (
    <div>
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,text/csv"
        hidden
        aria-label={t('import.file')}
        onChange={(event) => void take(event)}
      />
      <Button size="xs" onClick={() => input.current?.click()}>
        {t('import.file')}
      </Button>
    </div>
  )
}

type TableProps = {
  headings: readonly string[]
  lines: readonly (readonly string[])[]
  columns: readonly (Column | null)[]
  onColumn: (index: number, column: Column | null) => void
}

function ColumnTable({ headings, lines, columns, onColumn }: TableProps) {
  const { t } = useTranslation()
  const data = COLUMNS.map((column) => ({ value: column, label: t(`import.column.${column}`) }))
  return (
    <div className={styles.scroll}>
      <table className={sheet.table}>
        <thead>
          <tr>
            {headings.map((heading, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
              <th key={index} scope="col" className={styles.column}>
                <Select
                  size="xs"
                  label={heading || t('import.unnamed', { number: index + 1 })}
                  placeholder={t('import.leaveOut')}
                  data={data}
                  value={columns[index] ?? null}
                  onChange={(value) => onColumn(index, COLUMNS.find((each) => each === value) ?? null)}
                  clearable
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((cells, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
            <tr key={at}>
              {headings.map((_heading, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                <td key={index} className={columns[index] ? undefined : 'soft'}>
                  {cells[index]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Done({ outcome, onClose }: { outcome: Outcome; onClose: () => void }) {
  const { t } = useTranslation()
  const { taken, refused } = outcome
  return (
    <Dialog
      title={t('import.done', { count: taken })}
      size="medium"
      onClose={onClose}
      onSubmit={onClose}
      footer={
        <Button type="submit" variant="filled" data-autofocus>
          {t('common.close')}
        </Button>
      }
    >
      {refused.length === 0 ? (
        <p>{t('import.allTaken')}</p>
      ) : (
        <>
          <p>{t('import.refused', { count: refused.length })}</p>
          <div className={styles.refused}>
            <table className={sheet.table}>
              <tbody>
                {refused.map((row) => (
                  <tr key={row.line}>
                    <td className={sheet.fit}>{t('import.line', { number: row.line })}</td>
                    <td>{row.message}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </Dialog>
  )
}
