import { lazy } from 'react'
import type { Visit } from '../../contract/visits.ts'
import type { Known } from '../appointments/use-booking.ts'
import { openDialog } from '../ui/dialogs.tsx'

const WalkInDialog = lazy(() => import('./WalkInDialog.tsx').then((file) => ({ default: file.WalkInDialog })))
const EmergencyDialog = lazy(() => import('./EmergencyDialog.tsx').then((file) => ({ default: file.EmergencyDialog })))
const BookDialog = lazy(() => import('../appointments/BookDialog.tsx').then((file) => ({ default: file.BookDialog })))

/** F4. */
export const openWalkIn = (patientId?: string) =>
  openDialog((close) => <WalkInDialog patientId={patientId ?? null} onClose={close} />)

/** Q12: who comes together with one who is checked in already. */
export const openFamilyWalkIn = (first: Visit) => openDialog((close) => <WalkInDialog with={first} onClose={close} />)

/** F2, on every page. */
export const openEmergency = () => openDialog((close) => <EmergencyDialog onClose={close} />)

/** F6; with what is known already filled in. */
export const openBook = (patientId?: string, known: Known = {}) =>
  openDialog((close) => <BookDialog patientId={patientId ?? null} known={known} onClose={close} />)
