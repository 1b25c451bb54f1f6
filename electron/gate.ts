import type { Contents, DesktopSession } from './desktop.ts'

/**
 * What a window may reach: the one process that was started or has proven itself, while it lives; and the app's own
 * status page. Between a death and the next proof it is nothing: what then listens on the port may be anybody.
 */
export type Gate = {
  /** `http://127.0.0.1:8742`, or `null` while nobody is trusted. */
  origin(): string | null
  open(port: number): void
  shut(): void
  mayReach(url: string): boolean
  /** Whether a page came from the trusted process. */
  isOurs(url: string): boolean
}

export function createGate(isStatusPage: (url: string) => boolean): Gate {
  let port: number | null = null
  const origin = () => (port === null ? null : `http://127.0.0.1:${port}`)
  const isOurs = (url: string) => port !== null && URL.canParse(url) && new URL(url).origin === origin()
  return {
    origin,
    open: (at) => {
      port = at
    },
    shut: () => {
      port = null
    },
    isOurs,
    mayReach: (url) => isOurs(url) || isOurs(url.replace(/^ws:/, 'http:')) || isStatusPage(url),
  }
}

/** A session in which our own page is granted the little that it needs, and nothing beyond the gate is asked for. */
export function guardSession(session: DesktopSession, gate: Gate): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const kinds = 'mediaTypes' in details ? details.mediaTypes : []
    answer(gate.isOurs(details.requestingUrl) && isGranted(permission, kinds))
  })
  session.setPermissionCheckHandler(
    (_contents, permission, origin, { mediaType }) =>
      gate.isOurs(origin) && isGranted(permission, mediaType === undefined ? [] : [mediaType]),
  )
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !gate.mayReach(url) }))
}

/** To tell of what happens while the window is hidden (S3), and the camera without its microphone, for a hub's code. */
function isGranted(permission: string, media: readonly string[] = []): boolean {
  if (permission === 'notifications') return true
  return permission === 'media' && media.length > 0 && media.every((kind) => kind === 'video')
}

/** A page that stays where the app put it: it opens no window and goes nowhere but within its own origin. */
export function guardContents(contents: Contents, gate: Gate): void {
  contents.on('will-frame-navigate', (event) => {
    if (!gate.isOurs(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!gate.isOurs(event.url)) event.preventDefault()
  })
}

/** For every contents that comes to be, whoever made it. */
export function guardAny(contents: Pick<Contents, 'setWindowOpenHandler'> & Attaching): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-attach-webview', (event) => event.preventDefault())
}

type Attaching = { on(event: 'will-attach-webview', listener: (event: { preventDefault(): void }) => void): unknown }
