import { type ComponentType, lazy } from 'react'
import type { Permission } from '../../contract/permissions.ts'
import type { Words } from '../ui/i18n.ts'
import { later } from '../ui/later.ts'

export type TabId = keyof Words['administration']['tab']

export type Tab = { id: TabId; permission: Permission; Component: ComponentType }

const ClinicTab = lazy(() =>
  later(() => import('../clinics/ClinicTab.tsx')).then((file) => ({ default: file.ClinicTab })),
)
const DoctorsTab = lazy(() =>
  later(() => import('../doctors/DoctorsTab.tsx')).then((file) => ({ default: file.DoctorsTab })),
)
const PoolsTab = lazy(() => later(() => import('../clinics/PoolsTab.tsx')).then((file) => ({ default: file.PoolsTab })))
const ServicesTab = lazy(() =>
  later(() => import('../services/ServicesTab.tsx')).then((file) => ({ default: file.ServicesTab })),
)
const RulePacksTab = lazy(() =>
  later(() => import('../rule-packs/RulePacksTab.tsx')).then((file) => ({ default: file.RulePacksTab })),
)
const RoomsTab = lazy(() => later(() => import('../rooms/RoomsTab.tsx')).then((file) => ({ default: file.RoomsTab })))
const PeopleTab = lazy(() =>
  later(() => import('../users/PeopleTab.tsx')).then((file) => ({ default: file.PeopleTab })),
)
const WaitingRoomTab = lazy(() =>
  later(() => import('../waiting-room/WaitingRoomTab.tsx')).then((file) => ({ default: file.WaitingRoomTab })),
)
const PhonesTab = lazy(() =>
  later(() => import('../phone-pages/PhonesTab.tsx')).then((file) => ({ default: file.PhonesTab })),
)
const ComputersTab = lazy(() =>
  later(() => import('../devices/ComputersTab.tsx')).then((file) => ({ default: file.ComputersTab })),
)
const NetworkTab = lazy(() =>
  later(() => import('../network/NetworkTab.tsx')).then((file) => ({ default: file.NetworkTab })),
)
const ShortListsTab = lazy(() =>
  later(() => import('../short-lists/ShortListsTab.tsx')).then((file) => ({ default: file.ShortListsTab })),
)
const AuditTab = lazy(() => later(() => import('./AuditTab.tsx')).then((file) => ({ default: file.AuditTab })))

export const BASE = '/administration'

/** What can be set, in the order in which a clinic is set up; reception keeps hours, leave and closed days. */
export const TABS: readonly Tab[] = [
  { id: 'clinic', permission: 'schedule.manage', Component: ClinicTab },
  { id: 'rooms', permission: 'clinic.manage', Component: RoomsTab },
  { id: 'services', permission: 'clinic.manage', Component: ServicesTab },
  { id: 'people', permission: 'user.manage', Component: PeopleTab },
  { id: 'doctors', permission: 'schedule.manage', Component: DoctorsTab },
  { id: 'pools', permission: 'clinic.manage', Component: PoolsTab },
  { id: 'shortLists', permission: 'shortList.manage', Component: ShortListsTab },
  { id: 'rulePacks', permission: 'rulePack.choose', Component: RulePacksTab },
  { id: 'waitingRoom', permission: 'board.setMessage', Component: WaitingRoomTab },
  { id: 'phones', permission: 'clinic.manage', Component: PhonesTab },
  { id: 'computers', permission: 'device.manage', Component: ComputersTab },
  { id: 'network', permission: 'device.manage', Component: NetworkTab },
  { id: 'audit', permission: 'audit.read', Component: AuditTab },
]
