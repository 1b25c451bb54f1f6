import { type ReactNode, Suspense } from 'react'
import { create } from 'zustand'

type Open = { id: number; render: (close: () => void) => ReactNode }

const useDialogs = create<{ open: readonly Open[] }>(() => ({ open: [] }))

let lastId = 0

/** Opens a dialog from anywhere; it closes by the function that it is given. */
export function openDialog(render: (close: () => void) => ReactNode) {
  lastId += 1
  const dialog = { id: lastId, render }
  useDialogs.setState(({ open }) => ({ open: [...open, dialog] }))
}

/** Opens a dialog that answers: with what it closes with, or `undefined` when it is left. */
export function ask<T>(render: (close: (answer?: T) => void) => ReactNode): Promise<T | undefined> {
  return new Promise((resolve) => {
    openDialog((close) =>
      render((answer) => {
        close()
        resolve(answer)
      }),
    )
  })
}

export function closeDialogs() {
  useDialogs.setState({ open: [] })
}

export function Dialogs() {
  const open = useDialogs((state) => state.open)
  return (
    <Suspense>
      {open.map((dialog) => (
        <DialogSlot key={dialog.id} dialog={dialog} />
      ))}
    </Suspense>
  )
}

function DialogSlot({ dialog }: { dialog: Open }) {
  return dialog.render(() =>
    useDialogs.setState(({ open }) => ({ open: open.filter((other) => other.id !== dialog.id) })),
  )
}
