import type { Contents, DesktopSession } from './desktop.ts'
import type { SignOfLife } from './life.ts'

/**
 * What a window may reach: the one process that was started or has proven itself, while it lives; and the app's own
 * status page. Between a death and the next proof it is nothing: what then listens on the port may be anybody. News of a
 * death may come late, so each request waits for a sign of life that was asked for after it began.
 */
export type Gate = {
  /** `http://127.0.0.1:8742`, or `null` while nobody is trusted. */
  origin(): string | null
  open(to: Trusted): void
  shut(): void
  /** Whether a request that begins now may go out; answers once that is known. */
  mayReach(url: string): Promise<boolean>
  /** Whether a page came from the trusted process. */
  isOurs(url: string): boolean
}

export type Trusted = { port: number; isAlive: SignOfLife }

export function createGate(isStatusPage: (url: string) => boolean): Gate {
  let trusted: Trusted | null = null
  const origin = () => (trusted ? `http://127.0.0.1:${trusted.port}` : null)
  const isOurs = (url: string) => trusted !== null && URL.canParse(url) && new URL(url).origin === origin()
  const isFor = (url: string) => isOurs(url) || isOurs(url.replace(/^ws:/, 'http:'))
  return {
    origin,
    open: (to) => {
      trusted = to
    },
    shut: () => {
      trusted = null
    },
    isOurs,
    mayReach: async (url) => {
      if (isStatusPage(url)) return true
      // It may be shut, or open for another one, by the time of the answer.
      return trusted !== null && isFor(url) && (await trusted.isAlive()) && isFor(url)
    },
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
  // Pages, what they load and ask, and their sockets.
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    void gate.mayReach(url).then((may) => answer({ cancel: !may }))
  })
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
