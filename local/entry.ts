import { extname, join } from 'node:path'
import type { InstallRole } from '../contract/station.ts'

/** The program of a role. A computer that was never asked is run by the station's, which asks. */
export function entryOf(role: InstallRole): string {
  const room = role === 'hub' ? 'server' : 'station'
  // Of this file's own kind: `.ts` in the source tree, `.js` where it was packed.
  return join(import.meta.dirname, '..', room, `main${extname(import.meta.filename)}`)
}
