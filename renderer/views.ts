import {
  type Icon,
  IconAddressBook,
  IconBed,
  IconCalendarEvent,
  IconCash,
  IconHeartbeat,
  IconLayoutColumns,
  IconSettings,
  IconStethoscope,
  IconUrgent,
} from '@tabler/icons-react'
import { type ComponentType, lazy } from 'react'
import type { Permission, Role } from '../contract/permissions.ts'
import type { Words } from './ui/i18n.ts'
import { later } from './ui/later.ts'

export type ViewId = keyof Words['view']

export type View = {
  /** Names it in the translations: `view.<id>`. */
  id: ViewId
  /** The path, and all below it. */
  path: `/${string}`
  icon: Icon
  permission: Permission
  Component: ComponentType
  /** The key that opens it. */
  hotkey: string
  /** Whose first page it is. */
  landingFor?: readonly Role[]
}

const TodayView = lazy(() => later(() => import('./today/TodayView.tsx')).then((file) => ({ default: file.TodayView })))
const AppointmentsView = lazy(() =>
  later(() => import('./appointments/AppointmentsView.tsx')).then((file) => ({ default: file.AppointmentsView })),
)
const MyQueueView = lazy(() =>
  later(() => import('./my-queue/MyQueueView.tsx')).then((file) => ({ default: file.MyQueueView })),
)
const TriageView = lazy(() =>
  later(() => import('./triage/TriageView.tsx')).then((file) => ({ default: file.TriageView })),
)
const CashDeskView = lazy(() =>
  later(() => import('./cash-desk/CashDeskView.tsx')).then((file) => ({ default: file.CashDeskView })),
)
const PatientsView = lazy(() =>
  later(() => import('./patients/PatientsView.tsx')).then((file) => ({ default: file.PatientsView })),
)
const RoomsAndBedsView = lazy(() =>
  later(() => import('./beds/RoomsAndBedsView.tsx')).then((file) => ({ default: file.RoomsAndBedsView })),
)
const AlertsView = lazy(() =>
  later(() => import('./alerts/AlertsView.tsx')).then((file) => ({ default: file.AlertsView })),
)
const AdministrationView = lazy(() =>
  later(() => import('./administration/AdministrationView.tsx')).then((file) => ({ default: file.AdministrationView })),
)

/** The one list of the console's views, in the order of the rail. */
export const views: readonly View[] = [
  {
    id: 'today',
    path: '/today',
    icon: IconLayoutColumns,
    permission: 'visit.read',
    Component: TodayView,
    hotkey: 'Alt+1',
    landingFor: ['receptionist'],
  },
  {
    id: 'appointments',
    path: '/appointments',
    icon: IconCalendarEvent,
    permission: 'appointment.book',
    Component: AppointmentsView,
    hotkey: 'Alt+2',
  },
  {
    id: 'myQueue',
    path: '/my-queue',
    icon: IconStethoscope,
    permission: 'visit.consult',
    Component: MyQueueView,
    hotkey: 'Alt+3',
    landingFor: ['doctor'],
  },
  {
    id: 'triage',
    path: '/triage',
    icon: IconHeartbeat,
    permission: 'visit.triage',
    Component: TriageView,
    hotkey: 'Alt+4',
    landingFor: ['nurse'],
  },
  {
    id: 'cashDesk',
    path: '/cash-desk',
    icon: IconCash,
    permission: 'money.take',
    Component: CashDeskView,
    hotkey: 'Alt+5',
    landingFor: ['cashier'],
  },
  {
    id: 'patients',
    path: '/patients',
    icon: IconAddressBook,
    permission: 'patient.read',
    Component: PatientsView,
    hotkey: 'Alt+6',
  },
  {
    id: 'roomsAndBeds',
    path: '/rooms-and-beds',
    icon: IconBed,
    permission: 'bed.assign',
    Component: RoomsAndBedsView,
    hotkey: 'Alt+7',
  },
  {
    id: 'alerts',
    path: '/alerts',
    icon: IconUrgent,
    permission: 'alert.read',
    Component: AlertsView,
    hotkey: 'Alt+8',
  },
  {
    id: 'administration',
    path: '/administration',
    icon: IconSettings,
    permission: 'schedule.manage',
    Component: AdministrationView,
    hotkey: 'Alt+0',
    landingFor: ['administrator'],
  },
]
