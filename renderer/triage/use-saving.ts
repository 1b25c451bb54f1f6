import { useState } from 'react'
import { useBusy } from '../live/perform.ts'
import { recordKey, recordTriage } from './commands.tsx'
import { faultsOf, isEmpty, vitalsOf } from './fields.ts'
import type { FormParts } from './TriageForm.tsx'
import { isLowering, pregnancyOf, proposedLevel } from './use-risk.ts'

type Parts = FormParts & { typedAt: string | null; clear: () => void }

/** What keeps a form from being saved, and saving it: a set typed a while ago is kept as taken then (T2). */
export function useSaving({ visit, draft, clear, typedAt, asked, risk }: Parts) {
  const busy = useBusy(recordKey(visit.id))
  const [notice, setNotice] = useState<'changed' | 'needsReason' | 'takenTooEarly' | null>(null)
  const level = draft.level ?? proposedLevel(visit, risk.level)
  const lowering = isLowering(visit, risk.level, level)
  const { spo2Scale, scaleDecidedById } = draft
  const decided = spo2Scale === 1 || scaleDecidedById !== null
  const whole = !isEmpty(draft) && faultsOf(draft).length === 0
  const ready = whole && decided && (!lowering || draft.loweredReason.trim() !== '') && !busy
  const save = async () => {
    if (!ready) return
    const look = {
      vitals: vitalsOf(draft),
      scaleDecidedById: spo2Scale === 2 ? scaleDecidedById : null,
      ageBand: asked.age ? draft.ageBand : null,
      pregnancy: pregnancyOf(asked, draft),
      level,
      loweredReason: lowering ? draft.loweredReason.trim() : null,
      takenAt: typedAt,
    }
    const say = (what: NonNullable<typeof notice>) => () => setNotice(what)
    const on = { changed: say('changed'), needsReason: say('needsReason'), tooEarly: say('takenTooEarly') }
    if (!(await recordTriage(visit, look, on))) return
    setNotice(null)
    clear()
    document.querySelector<HTMLElement>('main [role="grid"]')?.focus()
  }
  return { ready, save, level, lowering, notice, settled: () => setNotice(null) }
}
