import { lazy } from 'react'
import { openDialog } from '../ui/dialogs.tsx'

const Palette = lazy(() => import('./Palette.tsx').then((file) => ({ default: file.Palette })))

/** Ctrl+K, Ctrl+F. */
export const openPalette = () => openDialog((close) => <Palette onClose={close} />)
