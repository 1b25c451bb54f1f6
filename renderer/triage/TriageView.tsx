import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClinic, useToday } from '../live/clinic.ts'
import { useMinute } from '../live/clock.ts'
import { useLive, useRecord, useRecords } from '../live/store.ts'
import { type GridItem, GridList } from '../ui/GridList.tsx'
import { Pane } from '../ui/Pane.tsx'
import { EmptyState, SkeletonRows } from '../ui/states.tsx'
import { lookAt } from './commands.tsx'
import { openTriage } from './open-triage.ts'
import { TriagePane } from './TriagePane.tsx'
import styles from './TriageView.module.css'
import { WaitingRow } from './WaitingRow.tsx'
import { type WaitingList, type Watched, waitingList } from './waiting-list.ts'

/** T5: who waits for triage and who is due again, by need; the form beside the list. */
export function TriageView() {
  const [chosen, setChosen] = useState<string | null>(null)
  // Whose form somebody has asked to begin. It has the focus as soon as it is there, not a moment after the key.
  const [begun, setBegun] = useState<string | null>(null)
  const visit = useRecord('visits', chosen)
  const { t } = useTranslation()
  const choose = useCallback((id: string) => {
    setChosen(id)
    setBegun(null)
  }, [])
  return (
    <div className={styles.view}>
      <ListPane chosen={chosen} onChosen={choose} onBegin={setBegun} />
      <section className={styles.pane} aria-label={t('triage.form')}>
        {visit ? (
          <TriagePane key={visit.id} visit={visit} begin={begun === visit.id} onBegun={() => setBegun(null)} />
        ) : (
          <div className={styles.nobody}>
            <EmptyState title={t('triage.nobody')} hint={t('triage.nobodyHint')} />
          </div>
        )}
      </section>
    </div>
  )
}

type Row = GridItem & { watched?: Watched; title?: string }

type ListProps = { chosen: string | null; onChosen: (id: string) => void; onBegin: (id: string) => void }

function ListPane({ chosen, onChosen, onBegin }: ListProps) {
  const { t } = useTranslation()
  const loading = useLive((state) => state.feed === null)
  const list = useWaitingList()
  const rows = useMemo(() => (list ? rowsOf(list, (part) => t(`triage.part.${part}`)) : []), [list, t])
  /** Enter goes on to the first number; what was taken before is opened with it (P5). */
  const open = useCallback(
    ({ key, watched }: Row) => {
      onChosen(key)
      onBegin(key)
      if (watched) void openTriage(watched.visit)
    },
    [onChosen, onBegin],
  )
  const waiting = (list?.first.length ?? 0) + (list?.overdue.filter(({ due }) => due?.first).length ?? 0)
  return (
    <Pane title={t('view.triage')} aside={t('triage.waiting', { count: waiting })}>
      {loading ? (
        <SkeletonRows />
      ) : rows.length === 0 ? (
        <EmptyState title={t('triage.empty')} hint={t('triage.emptyHint')} />
      ) : (
        <GridList
          label={t('triage.list')}
          items={rows}
          activeKey={chosen}
          onActive={(row) => onChosen(row.key)}
          onEnter={open}
          onLetter={(letter, row) => letter === 'l' && void lookAt(row.key)}
          renderItem={renderRow}
          autoFocus
        />
      )}
    </Pane>
  )
}

const renderRow = ({ watched, title }: Row) =>
  watched ? <WaitingRow visitId={watched.visit.id} due={watched.due} /> : <h3 className={styles.part}>{title}</h3>

const PARTS = ['now', 'overdue', 'inTriage', 'first', 'later'] as const satisfies readonly (keyof WaitingList)[]

function rowsOf(list: WaitingList, titleOf: (part: keyof WaitingList) => string): Row[] {
  return PARTS.flatMap((part) =>
    list[part].length === 0
      ? []
      : [
          { key: part, heading: true, height: 28, title: `${titleOf(part)} ${list[part].length}` },
          ...list[part].map((watched): Row => ({ key: watched.visit.id, watched })),
        ],
  )
}

function useWaitingList(): WaitingList | undefined {
  const clinic = useClinic()
  const today = useToday()
  const minute = useMinute()
  const visits = useRecords('visits')
  return useMemo(
    () => (clinic ? waitingList(visits, clinic, today, minute) : undefined),
    [clinic, today, minute, visits],
  )
}
