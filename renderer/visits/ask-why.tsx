import { findRecord } from '../live/store.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { openDialog } from '../ui/dialogs.tsx'
import { t } from '../ui/i18n.ts'
import { visitName } from '../ui/patient-name.ts'
import { Reasons } from './WhyButton.tsx'

/** The same answer as the row's button, for the keyboard. */
export function askWhy(visitId: string) {
  const visit = findRecord('visits', visitId)
  if (!visit) return
  openDialog((close) => (
    <Dialog title={t('why.title', { ticket: visit.ticket, name: visitName(visit) })} onClose={close}>
      <Reasons visitId={visitId} />
    </Dialog>
  ))
}
