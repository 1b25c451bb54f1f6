import type { Visit } from '../../contract/visits.ts'
import { openDialog } from '../ui/dialogs.tsx'

export async function openSickNote(visit: Visit) {
  const { SickNoteDialog } = await import('./SickNoteDialog.tsx')
  openDialog((close) => <SickNoteDialog visit={visit} onClose={close} />)
}

export async function openReferral(visit: Visit) {
  const { ReferralDialog } = await import('./ReferralDialog.tsx')
  openDialog((close) => <ReferralDialog visit={visit} onClose={close} />)
}
