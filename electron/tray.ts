import type { Paper, PrinterChoice, UpdateOffer } from '../contract/desktop.ts'
import type { Desktop, MenuLine } from './desktop.ts'
import type { Words } from './words.ts'

/** What the tray shows and can have done. */
export type TrayState = { says: string; printers: PrinterChoice | null; update: UpdateOffer }
export type TrayActs = {
  open(): void
  choose(choice: { paper: Paper; printer: string | null }): void
  install(): void
  quit(): void
}

/** The menu of the tray: how it stands, the window, a printer for each paper, an update, and the way out. */
export function trayMenu(state: TrayState, acts: TrayActs, words: Words): MenuLine[] {
  const { update, printers } = state
  return [
    { label: state.says, enabled: false },
    { label: words('open'), click: acts.open },
    { type: 'separator' },
    ...(printers ? [printersOf('receipt', printers, acts, words), printersOf('page', printers, acts, words)] : []),
    ...(update ? [{ label: words('install', { version: update.version }), click: acts.install }] : []),
    { type: 'separator' },
    { label: words('quit'), click: acts.quit },
  ]
}

function printersOf(paper: Paper, { printers, chosen }: PrinterChoice, acts: TrayActs, words: Words): MenuLine {
  const one = (label: string, name: string | null): MenuLine => ({
    label,
    type: 'radio',
    checked: chosen[paper] === name,
    click: () => acts.choose({ paper, printer: name }),
  })
  return {
    label: words(paper === 'receipt' ? 'receiptPrinter' : 'pagePrinter'),
    submenu: [one(words('askEachTime'), null), ...printers.map(({ name, title }) => one(title, name))],
  }
}

/** Puts the tray there and answers what draws it anew. */
export function openTray(desktop: Desktop, icon: string, acts: TrayActs, words: Words): (state: TrayState) => void {
  const tray = new desktop.Tray(icon)
  tray.on('click', acts.open)
  return (state) => {
    tray.setToolTip(`Anteroom: ${state.says}`)
    tray.setContextMenu(desktop.Menu.buildFromTemplate(trayMenu(state, acts, words)))
  }
}
