import { useSyncExternalStore } from 'react'
import type { Look } from './plot-options.ts'

/** What a plot on this page must look like now: by the theme's tokens, which are others on paper. */
function readLook(): Look {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => style.getPropertyValue(name).trim()
  return {
    ink: token('--ink'),
    inkSoft: token('--ink-soft'),
    faint: token('--control-line'),
    line: token('--line'),
    surface: token('--surface'),
    shade: token('--urgency-very_urgent'),
    font: token('--font'),
    mirrored: style.direction === 'rtl',
  }
}

let known: Look | undefined

function present(): Look {
  const now = readLook()
  if (!known || JSON.stringify(known) !== JSON.stringify(now)) known = now
  return known
}

/** The look, anew when light turns to dark, the language's direction changes or the page is printed. */
export const useLook = (): Look => useSyncExternalStore(onLookChange, present)

function onLookChange(changed: () => void): () => void {
  const root = document.documentElement
  const observer = new MutationObserver(changed)
  observer.observe(root, { attributeFilter: ['data-mantine-color-scheme', 'dir', 'style'] })
  // Before the browser takes its picture for paper it knows the screen's colours only; theme.css heeds this.
  const toPaper = () => {
    root.dataset.paper = ''
    changed()
  }
  const fromPaper = () => {
    delete root.dataset.paper
    changed()
  }
  window.addEventListener('beforeprint', toPaper)
  window.addEventListener('afterprint', fromPaper)
  return () => {
    observer.disconnect()
    window.removeEventListener('beforeprint', toPaper)
    window.removeEventListener('afterprint', fromPaper)
  }
}
