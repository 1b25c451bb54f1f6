import type { Alert, AlertReason } from '../../contract/alerts.ts'
import { inARow } from '../ui/direction.ts'
import type { Format } from '../ui/formats.ts'
import { t } from '../ui/i18n.ts'

/** L3: what every screen may say: a ticket, or what was told to all. Never why. */
export function titleOf({ ticket, topic }: Pick<Alert, 'ticket' | 'topic'>): string {
  return ticket ?? (topic ? t(`alert.notice.${topic}`) : '')
}

/** Why, to those who may know: the parameters, worded in the reader's language. */
export function reasonWords(reason: AlertReason | undefined, format: Format): string {
  if (!reason) return ''
  const { kind, dangerSigns, topic, note, score, since } = reason
  const signs = dangerSigns.map((sign) => t(`danger.${sign}`))
  const words = {
    emergency: () => [t('alert.kind.emergency'), ...signs],
    risk_score: () => [score === null ? t('alert.kind.risk_score') : t('alert.why.score', { score })],
    observation_overdue: () => [t('alert.why.overdue', { time: since ? format.time(since) : '' })],
    long_wait: () => [t('alert.why.longWait', { time: since ? format.time(since) : '' })],
    by_hand: () => (topic ? [t(`alert.topic.${topic}`)] : []),
  }[kind]()
  return inARow([...words, note])
}
