import { openDialog } from '../ui/dialogs.tsx'

export async function openThisComputer() {
  const { ThisComputerDialog } = await import('./ThisComputerDialog.tsx')
  openDialog((close) => <ThisComputerDialog onClose={close} />)
}
