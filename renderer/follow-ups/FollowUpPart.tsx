import { ActionIcon, Select } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { FollowUp } from '../../contract/follow-ups.ts'
import type { Visit } from '../../contract/visits.ts'
import { addDays } from '../../rules/clinic-day.ts'
import parts from '../consultation/Consultation.module.css'
import { useToday } from '../live/clinic.ts'
import { useKeptDraft } from '../live/kept-drafts.ts'
import { useMay } from '../live/permission.ts'
import { useRecords } from '../live/store.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { DayInput } from '../ui/DayInput.tsx'
import { useFormat } from '../ui/format.ts'
import sheet from '../ui/Sheet.module.css'
import { type FollowUpFields, makeFollowUp, withdrawFollowUp } from './commands.tsx'

const DAYS = [3, 7, 14, 30] as const
const REASONS = ['check_up', 'talk', 'paperwork', 'other'] as const satisfies readonly FollowUp['reason'][]

/** When the patient is to come back; reception hears by when and to whom, never why in a doctor's sense. */
export function FollowUpPart({ visit }: { visit: Visit }) {
  const { t } = useTranslation()
  const format = useFormat()
  const mayMake = useMay('followUp.make')
  const records = useRecords('followUps')
  const made = useMemo(
    () => Object.values(records).filter((one) => one.visitId === visit.id && !one.withdrawn),
    [records, visit.id],
  )
  return (
    <section className={parts.part} aria-label={t('followUp.title')}>
      <h2>{t('followUp.title')}</h2>
      {made.length > 0 && (
        <ul className={parts.list}>
          {made.map((one) => (
            <li key={one.id} className={parts.line}>
              <span className={parts.grow}>
                {t('followUp.by', { day: `${format.weekday(one.byDay)} ${format.day(one.byDay)}` })}{' '}
                <span className="soft">{t(`followUp.reason.${one.reason}`)}</span>
              </span>
              <span>{t(`followUp.status.${one.status}`)}</span>
              {mayMake && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t('followUp.withdraw')}
                  title={t('common.remove')}
                  onClick={() => void withdrawFollowUp(one)}
                >
                  <IconX size={16} stroke={1.75} aria-hidden />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayMake && <NewFollowUp visit={visit} />}
    </section>
  )
}

function NewFollowUp({ visit }: { visit: Visit }) {
  const { t } = useTranslation()
  const format = useFormat()
  const today = useToday()
  const [draft, change, , sent] = useKeptDraft<{ byDay: string | null; reason: FollowUpFields['reason'] }>(
    `followUp.${visit.id}`,
    { byDay: null, reason: 'check_up' },
    { byDay: null },
  )
  const make = async (byDay: string) => {
    if (await makeFollowUp(visit.id, { byDay, reason: draft.reason }, format.day(byDay))) sent(draft)
  }
  return (
    <div className={`${parts.newOrder} ${sheet.row}`}>
      <Select
        className={parts.kind}
        label={t('followUp.reasonLabel')}
        data={REASONS.map((reason) => ({ value: reason, label: t(`followUp.reason.${reason}`) }))}
        value={draft.reason}
        onChange={(reason) => change({ reason: REASONS.find((each) => each === reason) ?? draft.reason })}
        allowDeselect={false}
      />
      {DAYS.map((days) => (
        <ActionButton key={days} size="sm" run={() => make(addDays(today, days))}>
          {t('followUp.inDays', { count: days })}
        </ActionButton>
      ))}
      <DayInput
        className={parts.day}
        label={t('followUp.onDay')}
        value={draft.byDay}
        onChange={(byDay) => change({ byDay })}
      />
      <ActionButton
        size="sm"
        disabled={!draft.byDay || draft.byDay < today}
        run={() => (draft.byDay ? make(draft.byDay) : undefined)}
      >
        {t('followUp.make')}
      </ActionButton>
    </div>
  )
}
