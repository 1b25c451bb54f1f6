import { type Icon, IconLayoutColumns, IconStethoscope } from '@tabler/icons-react'
import { type ComponentType, lazy } from 'react'
import type { Permission, Role } from '../contract/permissions.ts'
import type { Words } from './ui/i18n.ts'

export type ViewId = keyof Words['view']

export type View = {
  /** Names it in the translations: `view.<id>`. */
  id: ViewId
  path: `/${string}`
  icon: Icon
  permission: Permission
  Component: ComponentType
  /** The key that opens it. */
  hotkey: string
  /** Whose first page it is. */
  landingFor?: readonly Role[]
}

const TodayView = lazy(() => import('./today/TodayView.tsx').then((file) => ({ default: file.TodayView })))
const MyQueueView = lazy(() => import('./my-queue/MyQueueView.tsx').then((file) => ({ default: file.MyQueueView })))

/** The one list of the console's views, in the order of the rail. */
export const views: readonly View[] = [
  {
    id: 'today',
    path: '/today',
    icon: IconLayoutColumns,
    permission: 'visit.read',
    Component: TodayView,
    hotkey: 'Alt+1',
    landingFor: ['receptionist', 'administrator', 'nurse', 'cashier'],
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
]
