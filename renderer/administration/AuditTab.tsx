import { Button, Select } from '@mantine/core'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditRow } from '../../contract/hub.ts'
import en from '../../resources/translations/en.json' with { type: 'json' }
import { api } from '../live/api.ts'
import { adopt, useLive, useRecords } from '../live/store.ts'
import { useRead } from '../live/use-read.ts'
import { type DataColumn, DataTable } from '../ui/DataTable.tsx'
import { apart } from '../ui/direction.ts'
import { useFormat } from '../ui/format.ts'
import type { Words } from '../ui/i18n.ts'
import sheet from '../ui/Sheet.module.css'
import { Sheet } from '../ui/Sheet.tsx'
import { EmptyState, FailedState, SkeletonRows } from '../ui/states.tsx'

const PAGE = 100

type Filter = { actorId: string | null; action: string | null; recordId: string | null }

/** Who did what, from where and when, newest first. */
export function AuditTab() {
  const { t } = useTranslation()
  const [filter, setFilter] = useState<Filter>({ actorId: null, action: null, recordId: null })
  const [before, setBefore] = useState<number | null>(null)
  const { rows, failed, again } = useAudit(filter, before)
  const narrow = (part: Partial<Filter>) => {
    setBefore(null)
    setFilter((all) => ({ ...all, ...part }))
  }
  const last = rows?.at(-1)
  return (
    <Sheet
      title={t('administration.tab.audit')}
      hint={t('audit.hint')}
      actions={<Filters filter={filter} onChange={narrow} />}
    >
      {failed ? (
        <FailedState text={failed} onRetry={again} />
      ) : !rows ? (
        <SkeletonRows rows={14} />
      ) : rows.length === 0 ? (
        <EmptyState title={t('audit.empty')} />
      ) : (
        <AuditTable rows={rows} onRecord={(recordId) => narrow({ recordId })} />
      )}
      <div className={sheet.part}>
        <div className={sheet.row}>
          <Button size="xs" disabled={before === null} onClick={() => setBefore(null)}>
            {t('audit.newest')}
          </Button>
          <Button size="xs" disabled={!rows || rows.length < PAGE} onClick={() => last && setBefore(last.id)}>
            {t('audit.older')}
          </Button>
          <Button size="xs" onClick={again}>
            {t('audit.again')}
          </Button>
        </div>
      </div>
    </Sheet>
  )
}

function useAudit({ actorId, action, recordId }: Filter, before: number | null) {
  const read = useCallback(
    async (signal: AbortSignal) => {
      const query = {
        limit: PAGE,
        ...(before === null ? {} : { before }),
        ...(actorId ? { actorId } : {}),
        ...(action ? { action } : {}),
        ...(recordId ? { recordId } : {}),
      }
      const [{ items }, users] = await Promise.all([
        api.audit.list({ query }, { signal }),
        api.users.list({}, { signal }),
      ])
      adopt({ users: users.items })
      return items
    },
    [actorId, action, recordId, before],
  )
  const { data, failed, again } = useRead(read)
  return { rows: data, failed, again }
}

type Action = keyof Words['auditAction']

const ACTIONS = Object.keys(en.auditAction) as Action[]

/** The words' key of an action: `visit.checkIn` is `visit_checkIn`, for a dot would be a step in the words. */
const wordKey = (action: string) => action.replace('.', '_') as Action

function Filters({ filter, onChange }: { filter: Filter; onChange: (part: Partial<Filter>) => void }) {
  const { t } = useTranslation()
  const users = useRecords('users')
  const people = useMemo(
    () =>
      Object.values(users)
        .map((user) => ({ value: user.id, label: user.displayName }))
        .sort((a, b) => a.label.localeCompare(b.label)),
    [users],
  )
  return (
    <>
      <Select
        size="xs"
        aria-label={t('audit.person')}
        placeholder={t('audit.person')}
        data={people}
        searchable
        clearable
        value={filter.actorId}
        onChange={(actorId) => onChange({ actorId })}
      />
      <Select
        size="xs"
        aria-label={t('audit.action')}
        placeholder={t('audit.action')}
        data={ACTIONS.map((key) => ({ value: key.replace('_', '.'), label: t(`auditAction.${key}`) }))}
        searchable
        clearable
        value={filter.action}
        onChange={(action) => onChange({ action })}
      />
      {filter.recordId && (
        <Button size="xs" onClick={() => onChange({ recordId: null })}>
          {t('audit.allRecords')}
        </Button>
      )}
    </>
  )
}

function AuditTable({ rows, onRecord }: { rows: readonly AuditRow[]; onRecord: (recordId: string) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const users = useRecords('users')
  const actorOf = ({ actorId }: AuditRow) => users[actorId ?? '']?.displayName ?? t('audit.nobody')
  const actionOf = ({ action }: AuditRow) => t(`auditAction.${wordKey(action)}`, { defaultValue: action })
  const outcomeOf = ({ outcome }: AuditRow) =>
    t(`auditOutcome.${outcome as 'done'}`, {
      defaultValue: t(`refusal.${outcome as 'forbidden'}`, { defaultValue: outcome }),
    })
  // A station is called by its name; what was done at the hub itself has none.
  const whereOf = ({ device }: AuditRow) => (device === 'loopback' ? t('audit.thisHub') : device)
  const aboutOf = ({ noun, recordId }: AuditRow) => recordId && recordWords(noun, recordId)
  const columns: DataColumn<AuditRow>[] = [
    { label: t('audit.number'), of: ({ id }) => id, sortBy: ({ id }) => id, fit: true, end: true },
    { label: t('audit.when'), of: ({ at }) => format.dateAndTime(at), sortBy: ({ at }) => at, fit: true },
    { label: t('audit.person'), of: actorOf, sortBy: actorOf, fit: true },
    { label: t('audit.action'), of: actionOf, sortBy: actionOf },
    {
      label: t('audit.about'),
      of: aboutOf,
      sortBy: aboutOf,
      open: ({ recordId }) => (recordId ? () => onRecord(recordId) : undefined),
      openTitle: t('audit.onlyThis'),
    },
    { label: t('audit.where'), of: whereOf, sortBy: whereOf, fit: true },
    { label: t('audit.outcome'), of: outcomeOf, sortBy: outcomeOf },
  ]
  return (
    <DataTable
      label={t('administration.tab.audit')}
      rows={rows}
      keyOf={({ id }) => String(id)}
      columns={columns}
      paged
    />
  )
}

/** A record's own name, as far as this page knows it; otherwise the end of its id, by which it is told from others. */
function recordWords(noun: string, id: string): string {
  const nouns: Readonly<Record<string, Readonly<Record<string, object>> | undefined>> = useLive.getState().nouns
  const record = { ...(nouns[NAMED_BY[noun] ?? noun]?.[id] ?? {}) } as Record<string, unknown>
  const name = record.number ?? record.ticket ?? record.displayName ?? record.name ?? record.description
  return typeof name === 'string' ? name : apart(`…${id.slice(-8)}`)
}

/** These have the id of the one they belong to. */
const NAMED_BY: Record<string, string> = {
  schedules: 'doctors',
  staff: 'users',
  presence: 'users',
  allergies: 'patients',
}
