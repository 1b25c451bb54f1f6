import { openDialog } from '../ui/dialogs.tsx'

/** What was written before, as it stood. */
export async function openEarlier(visitId: string) {
  const { EarlierDialog } = await import('./EarlierDialog.tsx')
  openDialog((close) => <EarlierDialog visitId={visitId} onClose={close} />)
}
