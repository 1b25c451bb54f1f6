/** Wakes everybody who waits, whenever something changed. */
export function createSignal() {
  const waiting = new Set<() => void>()
  let ended = false
  const tell = () => {
    for (const wake of [...waiting]) wake()
  }
  return {
    tell,
    ended: () => ended,
    /** Comes back when something changed, after `ms` milliseconds, or when who asked is gone. */
    wait: (ms: number, gone: AbortSignal): Promise<void> =>
      new Promise((resolve) => {
        if (ended || gone.aborted) return resolve()
        const wake = () => {
          clearTimeout(timer)
          waiting.delete(wake)
          gone.removeEventListener('abort', wake)
          resolve()
        }
        const timer = setTimeout(wake, ms)
        gone.addEventListener('abort', wake)
        waiting.add(wake)
      }),
    end: () => {
      ended = true
      tell()
    },
  }
}
