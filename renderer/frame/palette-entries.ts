import type { Visit } from '../../contract/visits.ts'
import { isOpen } from '../../rules/transitions.ts'
import { openRaise } from '../alerts/commands.tsx'
import { openDoctorGone } from '../appointments/doctor-gone.tsx'
import { iMay } from '../live/permission.ts'
import { lock } from '../live/session.ts'
import { useLive } from '../live/store.ts'
import { openPhoneList } from '../phone-calls/open-phone-list.tsx'
import { countToPhone } from '../phone-calls/phone-list.ts'
import { openStaff } from '../staff/StaffButton.tsx'
import { showPatient, showVisit } from '../today/selection.ts'
import { t } from '../ui/i18n.ts'
import { visitName } from '../ui/patient-name.ts'
import { openBook, openEmergency, openWalkIn } from '../visits/open-dialogs.tsx'
import { openMessage } from '../waiting-room/commands.tsx'
import { myViews } from './landing.ts'
import { signOutAsked } from './person-commands.tsx'
import { navigate } from './router.ts'

export type PaletteEntry = {
  key: string
  group: 'tickets' | 'pages' | 'actions'
  label: string
  aside: string
  run: () => void
}

const MOST_TICKETS = 6

export function showPatientOnToday(patientId: string, today: string) {
  showPatient(patientId, today)
  navigate('/today')
}

/** Tickets of today, pages and actions whose words hold what was typed. Patients are the hub's to find. */
export function paletteEntries(typed: string, today: string): PaletteEntry[] {
  const text = typed.trim().toLocaleLowerCase()
  const holds = (entry: PaletteEntry) => entry.label.toLocaleLowerCase().includes(text)
  return [...(text ? ticketEntries(text, today) : []), ...pageEntries().filter(holds), ...actionEntries().filter(holds)]
}

function ticketEntries(text: string, today: string): PaletteEntry[] {
  const compact = text.replace(/[\s-]/g, '')
  const matches = (visit: Visit) =>
    visit.ticket.toLocaleLowerCase().includes(compact) || visitName(visit).toLocaleLowerCase().includes(text)
  return Object.values(useLive.getState().nouns.visits)
    .filter((visit) => visit.day === today && matches(visit))
    .sort((a, b) => Number(isOpen(b.status)) - Number(isOpen(a.status)) || a.ticket.localeCompare(b.ticket))
    .slice(0, MOST_TICKETS)
    .map((visit) => ({
      key: visit.id,
      group: 'tickets',
      label: `${visit.ticket}  ${visitName(visit)}`,
      aside: t(`visit.status.${visit.status}`),
      run: () => {
        showVisit(visit.id)
        navigate('/today')
      },
    }))
}

function pageEntries(): PaletteEntry[] {
  return myViews().map((view) => ({
    key: view.id,
    group: 'pages',
    label: t(`view.${view.id}`),
    aside: view.hotkey,
    run: () => navigate(view.path),
  }))
}

function actionEntries(): PaletteEntry[] {
  const action = (key: string, label: string, aside: string, run: () => void): PaletteEntry => ({
    key,
    group: 'actions',
    label,
    aside,
    run,
  })
  return [
    ...(iMay('visit.checkIn') ? [action('walkIn', t('walkIn.title'), 'F4', () => openWalkIn())] : []),
    ...(iMay('appointment.book') ? [action('book', t('book.title'), 'F6', () => openBook())] : []),
    ...(iMay('appointment.rebook')
      ? [
          action('doctorGone', t('gone.title'), '', () => openDoctorGone()),
          action('phoneList', t('phone.title'), t('phone.count', { count: countToPhone() }), () => openPhoneList()),
        ]
      : []),
    ...(iMay('board.setMessage')
      ? [action('boardMessage', t('waitingRoom.message'), '', () => void openMessage())]
      : []),
    ...(iMay('staff.read') ? [action('staff', t('staffList.title'), '', openStaff)] : []),
    action('alert', t('alert.raise'), '', () => openRaise()),
    action('emergency', t('emergency.title'), 'F2', openEmergency),
    action('lock', t('frame.lock'), 'Ctrl L', lock),
    action('signOut', t('person.signOut'), '', () => void signOutAsked()),
  ]
}
