// Runs inside the measured pages, before their own scripts. Handed over as text, so it may use nothing from outside.

/** When a call was on the screen, in milliseconds since the epoch. */
export type Paint = { at: number }

declare global {
  interface Window {
    /** `await` is said before the click, for the paint may come before the click is answered. */
    anteroomPaints: { ready(): boolean; await(): void; seen(): Promise<Paint> }
  }
}

export function installPaintProbe(): void {
  // The board names the call that it shows large; a ticket's page says that its own is called.
  const board = () => document.getElementById('hero')?.dataset.key
  const ticket = () => document.body?.dataset.state
  const shown = () => board() ?? (ticket() === 'called' ? 'called' : undefined)
  let last: string | undefined
  let next = Promise.withResolvers<Paint>()
  const painted = () => {
    const drawn = new MessageChannel()
    drawn.port1.onmessage = () => {
      next.resolve({ at: performance.timeOrigin + performance.now() })
    }
    requestAnimationFrame(() => drawn.port2.postMessage(null))
  }
  new MutationObserver(() => {
    const now = shown()
    if (now !== last && now !== undefined) painted()
    last = now
  }).observe(document, { subtree: true, childList: true, attributes: true })
  window.anteroomPaints = {
    ready: () => board() !== undefined || ticket() !== undefined,
    await: () => {
      next = Promise.withResolvers<Paint>()
    },
    seen: () => next.promise,
  }
}
