import type { InstallRole } from '../../contract/station.ts'

/** What serves this page: the clinic's hub, a station, or a computer that was not asked yet what it is. */
export const install: InstallRole = installIn(document)

/** What the page at this address is served by now; `undefined` while nobody answers. */
async function servedBy(): Promise<InstallRole | undefined> {
  const page = await fetch('/', { cache: 'no-store' }).then(
    (answer) => (answer.ok ? answer.text() : undefined),
    () => undefined,
  )
  return page === undefined ? undefined : installIn(new DOMParser().parseFromString(page, 'text/html'))
}

const LOOK_MS = 500

/** Once the computer has become something else, its pages are others too: waits for them and loads them. */
export async function reloadAsSoonAsServedBy(role: InstallRole, gone: AbortSignal): Promise<void> {
  while (!gone.aborted) {
    if ((await servedBy()) === role && (role !== 'hub' || (await hubAnswers()))) return location.replace('/')
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

const hubAnswers = (): Promise<boolean> =>
  fetch('/api/info', { cache: 'no-store' }).then(
    (answer) => answer.ok,
    () => false,
  )

/** Loads the page anew if it is served by something else than when it was loaded. */
export async function reloadIfServedByAnother(): Promise<void> {
  const now = await servedBy()
  if (now && now !== install) location.replace('/')
}

function installIn(page: Document): InstallRole {
  const written = page.querySelector<HTMLMetaElement>('meta[name="anteroom-install"]')?.content
  return written === 'station' || written === 'new' ? written : 'hub'
}
