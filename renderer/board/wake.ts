/** Keeps the screen on where the browser can: over plain HTTP only on the hub's own computer. */
export function stayAwake(): void {
  const ask = () => {
    if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
    // Refused where the power runs low: then the screen's own settings decide.
    navigator.wakeLock.request('screen').catch(() => undefined)
  }
  document.addEventListener('visibilitychange', ask)
  ask()
}

/** Some pixels up and down, left and right, so that nothing is drawn on the same spot for years. */
export function wander(): void {
  let step = 0
  setInterval(() => {
    step = (step + 1) % PATH.length
    const [x = 0, y = 0] = PATH[step] ?? []
    document.body.style.translate = `${x * 0.25}vh ${y * 0.25}vh`
  }, 60_000)
}

const PATH = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
  [0, -1],
  [1, -1],
]
