const RETRY_MS = 1000
const RELOADED_KEY = 'anteroom.reloadedAt'
const AT_MOST_EVERY_MS = 10_000

/**
 * A part of the page that is fetched when it is first shown. When it can't be (the hub is away, or has newer pages than
 * this one) it waits for the hub and loads the page anew: session and drafts are kept, and a part that failed half is
 * not tried again by the browser.
 */
export async function later<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (error) {
    while (!(await isAnswering())) await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    // Loaded anew a moment ago and it fails again: the fault is in the part itself.
    if (Date.now() - Number(sessionStorage.getItem(RELOADED_KEY)) < AT_MOST_EVERY_MS) throw error
    sessionStorage.setItem(RELOADED_KEY, String(Date.now()))
    location.reload()
    return new Promise(() => {})
  }
}

const isAnswering = () =>
  fetch('/', { cache: 'no-store' }).then(
    (answer) => answer.ok,
    () => false,
  )
