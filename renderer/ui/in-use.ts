import type { ErrorData } from '../../contract/errors.ts'
import { t } from './i18n.ts'
import { toast } from './toasts.ts'

/** Says what it is still needed for. */
export function hubInUse({ by }: ErrorData<'in_use'>) {
  toast({ tone: 'problem', text: t(`inUse.${by as 'doctor'}`, { defaultValue: t('refusal.in_use') }) })
}
