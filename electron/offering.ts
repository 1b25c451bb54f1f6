import { join } from 'node:path'
import type { UpdateOffer } from '../contract/desktop.ts'
import type { Desktop } from './desktop.ts'
import type { Gate } from './gate.ts'
import { builtInKey, fetchUpdate, isWhole, type Update } from './updates.ts'

export type Offering = {
  offer(): UpdateOffer
  /** Asks the hub again. */
  look(): Promise<UpdateOffer>
  /** Starts the installer and quits; `false` when there is nothing to install, or it is not whole any more. */
  install(): Promise<boolean>
}

/** Updates from the hub: fetched and checked in the background, and installed when a person says so. */
export function offerUpdates(
  desktop: Desktop,
  { gate, keyFile, found }: { gate: Gate; keyFile?: string | undefined; found: (offer: UpdateOffer) => void },
): Offering {
  let update: Update | undefined
  let looking: Promise<UpdateOffer> | undefined
  const offer = () => (update ? { version: update.version } : null)
  return {
    offer,
    // A process that comes and goes is looked at each time: two at once would fetch into the same file.
    look: () => {
      looking ??= look().finally(() => {
        looking = undefined
      })
      return looking
    },
    install: async () => {
      if (!update || !(await isWhole(update.path, update.file))) return false
      if ((await desktop.shell.openPath(update.path)) !== '') return false
      desktop.app.quit()
      return true
    },
  }

  async function look(): Promise<UpdateOffer> {
    const origin = gate.origin()
    const publicKey = builtInKey(keyFile)
    if (!origin || !publicKey) return null
    const { platform, arch } = process
    const folder = join(desktop.app.getPath('userData'), 'updates')
    const version = desktop.app.getVersion()
    const known = update?.version
    update = await fetchUpdate(origin, { version, platform, arch, folder, publicKey }).catch((error: unknown) => {
      // Not genuine, or not whole: nothing is offered, and the maker's word for it is in the log.
      console.error(error)
      return undefined
    })
    if (update?.version !== known) found(offer())
    return offer()
  }
}
