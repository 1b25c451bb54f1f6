import { lazy } from 'react'
import type { PhoneCall } from '../../contract/phone-calls.ts'
import { openDialog } from '../ui/dialogs.tsx'

const PhoneListDialog = lazy(() => import('./PhoneListDialog.tsx').then((file) => ({ default: file.PhoneListDialog })))

/** Q12: whom to phone: those of one leave, closure or rebooking, or everybody on the list. */
export const openPhoneList = (only?: { title: string; calls: readonly PhoneCall[] }) =>
  openDialog((close) => (
    <PhoneListDialog title={only?.title} callIds={only?.calls.map((call) => call.id)} onClose={close} />
  ))
