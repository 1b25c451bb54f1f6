import { printNow } from '../ui/print-now.ts'
import '../visits/print-slip.css'

/** Prints a slip: its lines in their order, each by the name of its look, and what is drawn. */
export function printPaper(parts: readonly (Element | undefined | readonly [part: string, text: string])[]): void {
  const slip = document.createElement('section')
  slip.className = 'anteroom-slip'
  for (const part of parts) if (part) slip.append(part instanceof Element ? part : lineOf(part))
  document.body.append(slip)
  window.addEventListener('afterprint', () => slip.remove(), { once: true })
  printNow('receipt', slip)
}

function lineOf([part, text]: readonly [string, string]): HTMLElement {
  const line = document.createElement('p')
  line.dataset.part = part
  line.textContent = text
  return line
}
