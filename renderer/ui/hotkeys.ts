import { useEffect, useRef } from 'react'

type Hotkey = { combo: string; layer: number; always: boolean; run: () => void }

// U1. Handlers that were added later come first; a dialog is a layer, and hides the keys of what is under it.
let hotkeys: Hotkey[] = []
let layer = 0

/** Keys that the browser must not act on, even where the page has nothing for them to do. */
const OURS = new Set(['F2', 'F4', 'F6', 'F8', 'F9', 'F10', 'Ctrl+K', 'Ctrl+F', 'Ctrl+L'])
const WORKS_IN_TEXT = /^(F\d+|Ctrl\+[KFL])$/

export function enterLayer(): () => void {
  layer += 1
  return () => {
    layer -= 1
  }
}

/** What a key event is called: `F8`, `Ctrl+K`. */
export function comboOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key
  return [
    event.ctrlKey || event.metaKey ? 'Ctrl+' : '',
    event.altKey ? 'Alt+' : '',
    event.shiftKey ? 'Shift+' : '',
    key,
  ].join('')
}

/** Runs while mounted and `enabled`; `always` also over a dialog. */
export function useHotkey(combo: string, run: () => void, options: { enabled?: boolean; always?: boolean } = {}) {
  const { enabled = true, always = false } = options
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  useEffect(() => {
    if (!enabled) return
    const hotkey: Hotkey = { combo, layer, always, run: () => latest.current() }
    hotkeys = [hotkey, ...hotkeys]
    return () => {
      hotkeys = hotkeys.filter((other) => other !== hotkey)
    }
  }, [combo, enabled, always])
}

export function listenToHotkeys(): () => void {
  const listen = (event: KeyboardEvent) => {
    const combo = comboOf(event)
    const ours = OURS.has(combo)
    if (ours) event.preventDefault()
    if (event.repeat || event.isComposing || (isText(event.target) && !WORKS_IN_TEXT.test(combo))) return
    const hotkey = hotkeys.find((each) => each.combo === combo && (each.always || each.layer >= layer))
    if (!hotkey) return
    event.preventDefault()
    hotkey.run()
  }
  window.addEventListener('keydown', listen)
  return () => window.removeEventListener('keydown', listen)
}

function isText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    isTextInput(target)
  )
}

function isTextInput(target: HTMLElement): boolean {
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
}
