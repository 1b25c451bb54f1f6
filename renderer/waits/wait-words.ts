import type { Visit } from '../../contract/visits.ts'
import type { Wait } from '../../contract/waits.ts'
import { t } from '../ui/i18n.ts'

type Told = Pick<Wait, 'p50Minutes' | 'p80Minutes' | 'delayed'>

/** Q11 in words; undefined where nothing is to be told. */
export function waitWords(
  { status, urgency }: Pick<Visit, 'status' | 'urgency'>,
  wait: Told | undefined,
): string | undefined {
  // What was told last of one who is called or has left stays in the store.
  const inLine = (status === 'waiting' || status === 'in_triage') && urgency !== 'immediate'
  if (!inLine || !wait || wait.p50Minutes === null || wait.p80Minutes === null) return undefined
  if (wait.delayed) return t('waits.delayed')
  if (wait.p80Minutes === 0) return t('waits.now')
  if (wait.p50Minutes === 0) return t('waits.within', { count: wait.p80Minutes })
  if (wait.p50Minutes === wait.p80Minutes) return t('waits.about', { count: wait.p80Minutes })
  return t('waits.range', { from: wait.p50Minutes, to: wait.p80Minutes })
}
