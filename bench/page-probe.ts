// Runs inside the measured page, before its own scripts. Handed over as text, so it may use nothing from outside.

export type Probe = {
  /** Times between animation frames, ms. */
  frames: number[]
  /** From a frame's arrival on the socket until its change was painted: in animation frames, and in ms. */
  paints: { frames: number; ms: number }[]
  start(): void
}

declare global {
  interface Window {
    anteroomProbe: Probe
  }
}

export function installProbe(): void {
  const probe: Probe = { frames: [], paints: [], start }
  window.anteroomProbe = probe
  // An event that changes nothing on the screen.
  const GIVE_UP = 60
  let measuring = false
  let arrivedAt = 0
  let ticks = 0
  let changed = false
  let last = 0
  const Native = window.WebSocket
  window.WebSocket = class extends Native {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      this.addEventListener('message', ({ data }) => {
        if (!measuring || arrivedAt !== 0 || typeof data !== 'string' || !data.startsWith('42["events"')) return
        arrivedAt = performance.now()
        ticks = 0
        changed = false
      })
    }
  }
  // True from the first animation callback of a frame until it was drawn: what changes within is drawn with it.
  let drawing = false
  const drawn = new MessageChannel()
  drawn.port1.onmessage = () => {
    drawing = false
  }
  const painted = (frames: number) => {
    probe.paints.push({ frames, ms: performance.now() - arrivedAt })
    arrivedAt = 0
  }
  new MutationObserver(() => {
    if (arrivedAt === 0) return
    if (drawing) painted(ticks)
    else changed = true
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true })
  const tick = (now: number) => {
    if (measuring && last !== 0) probe.frames.push(now - last)
    last = now
    drawing = true
    drawn.port2.postMessage(null)
    if (arrivedAt !== 0) {
      ticks += 1
      if (changed) painted(ticks)
      else if (ticks > GIVE_UP) arrivedAt = 0
    }
    requestAnimationFrame(tick)
  }
  requestAnimationFrame(tick)
  function start(): void {
    measuring = true
    last = 0
    probe.frames.length = 0
    probe.paints.length = 0
  }
}
