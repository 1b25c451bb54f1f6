import { afterEach, expect, test, vi } from 'vitest'
import { actOn, lifeOf, newestUndo, toast, undoNewest, useToasts } from './toasts.ts'

const here = () => useToasts.getState().toasts
afterEach(() => useToasts.setState({ toasts: [] }))

test('U4 the key takes back what can be taken back, and does nothing else that is offered', () => {
  const undo = vi.fn()
  const receipt = vi.fn()
  toast({ tone: 'plain', text: 'A001 is called', undo })
  toast({ tone: 'plain', text: 'Taken', action: { label: 'Receipt', run: receipt } })
  toast({ tone: 'plain', text: 'Saved' })
  expect(newestUndo(here())?.text).toBe('A001 is called')
  undoNewest()
  undoNewest()
  expect(undo).toHaveBeenCalledTimes(1)
  expect(receipt).not.toHaveBeenCalled()
  expect(newestUndo(here())).toBeUndefined()
  expect(here().map(({ text }) => text)).toEqual(['Taken', 'Saved'])
})

test('U4 by its button either is done, once, and stays for ten seconds', () => {
  const receipt = vi.fn()
  toast({ tone: 'plain', text: 'Taken', action: { label: 'Receipt', run: receipt } })
  toast({ tone: 'plain', text: 'A001 is called', undo: () => {} })
  expect(here().map(lifeOf)).toEqual([10_000, 10_000])
  for (const each of here()) actOn(each)
  expect(receipt).toHaveBeenCalledTimes(1)
  expect(here()).toEqual([])
})
