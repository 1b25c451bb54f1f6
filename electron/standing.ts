import type { SignOfLife } from './life.ts'
import { isStatusPage, statusPage } from './status.ts'
import type { Words } from './words.ts'

/** How it stands with the process that serves this computer's pages. */
export type Standing =
  | { kind: 'starting' }
  /** It has proven itself on this port; `ours` when this app runs it. */
  | { kind: 'proven'; port: number; ours: boolean; isAlive: SignOfLife }
  | { kind: 'impostor'; port: number }
  /** Ours ended and is started again. */
  | { kind: 'died'; code: number | null; againInMs: number }
  /** Ours cannot start, and why. */
  | { kind: 'fault'; message: string; advice: string }
  /** A service has this computer's data and does not answer. */
  | { kind: 'service_away' }

/** In one line: for the tray, a notice and the status page. */
export function says(standing: Standing, words: Words): string {
  if (standing.kind === 'died') return words('died', { seconds: Math.ceil(standing.againInMs / 1000) })
  if (standing.kind === 'impostor') return words('impostor', { port: standing.port })
  if (standing.kind === 'fault') return standing.message
  return words(standing.kind)
}

/** What the window should show; `undefined` when it keeps what it has. */
export function pageFor(standing: Standing, shown: string, words: Words): string | undefined {
  if (standing.kind === 'proven') return `http://127.0.0.1:${standing.port}/`
  // A page that is open stays while its process is away, with what is typed in it: it says by itself that it is.
  const isPage = shown !== '' && !isStatusPage(shown)
  const passes = standing.kind === 'died' || standing.kind === 'starting' || standing.kind === 'service_away'
  if (isPage && passes) return undefined
  const text = standing.kind === 'fault' ? standing.advice : words(`${standing.kind}Hint`)
  return statusPage({ title: says(standing, words), text, language: words.language })
}
