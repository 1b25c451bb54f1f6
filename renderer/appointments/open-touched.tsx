import { lazy } from 'react'
import { openDialog } from '../ui/dialogs.tsx'

const TouchedDialog = lazy(() => import('./TouchedDialog.tsx').then((file) => ({ default: file.TouchedDialog })))

/** Appointments that leave or a closed day touches: each is phoned, and moved or cancelled, by a person. */
export const openTouched = (title: string, appointmentIds: readonly string[]) =>
  openDialog((close) => <TouchedDialog title={title} appointmentIds={appointmentIds} onClose={close} />)
