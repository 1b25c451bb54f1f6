import { create } from 'zustand'
import { announce } from './announcer.ts'

export type Toast = {
  id: number
  tone: 'plain' | 'problem'
  text: string
  /** What it is about: a newer message about the same takes its place, and its undo with it. */
  subject?: string
  /** U4: the way back, by Ctrl+Z too. */
  undo?: () => void
  /** Anything else that is offered, by its button only; where there is no way back. */
  action?: { label: string; run: () => void }
}

// U4: an undo is offered for ten seconds. A message without anything to do goes a little sooner.
const WITH_ACTION_MS = 10_000
const WITHOUT_ACTION_MS = 6000
const MOST = 4

export const useToasts = create<{ toasts: readonly Toast[] }>(() => ({ toasts: [] }))

let lastId = 0

export function toast(toast: Omit<Toast, 'id'>) {
  lastId += 1
  const id = lastId
  useToasts.setState(({ toasts }) => ({
    toasts: [...toasts.filter((other) => !other.subject || other.subject !== toast.subject), { ...toast, id }].slice(
      -MOST,
    ),
  }))
  announce(toast.text, toast.tone === 'problem' ? 'assertive' : 'polite')
}

export const lifeOf = (toast: Toast): number => (toast.undo || toast.action ? WITH_ACTION_MS : WITHOUT_ACTION_MS)

export function dismiss(id: number) {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }))
}

/** What one person was told, and can take back, is not for the next one at the same computer. */
export const dismissAll = () => useToasts.setState({ toasts: [] })

export function actOn(toast: Toast) {
  dismiss(toast.id)
  const run = toast.undo ?? toast.action?.run
  run?.()
}

export const newestUndo = (toasts: readonly Toast[]): Toast | undefined => toasts.findLast(({ undo }) => undo)

/** Ctrl+Z: the newest that can be taken back is, whatever was told since. */
export function undoNewest() {
  const newest = newestUndo(useToasts.getState().toasts)
  if (newest) actOn(newest)
}
