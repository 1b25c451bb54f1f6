import { t } from '../ui/i18n.ts'
import { toast } from '../ui/toasts.ts'

/** U8: this computer has no room for what is typed: it is on the screen alone until it is saved. */
export function tellNotKept() {
  toast({ tone: 'problem', subject: 'notKept', text: t('draft.notKept') })
}
