import { type Card, listCards } from '../../local/cards.ts'
import { trackDevices } from '../devices/presence.ts'
import type { HubParts } from '../http/context.ts'
import { lanChoice } from '../network/queries.ts'
import type { LiveFeed } from '../realtime/live-feed.ts'
import { openLan } from './lan.ts'

export type NetworkOptions = {
  /** The port on the network; `null` opens nothing there, 0 takes any. */
  lanPort: number | null
  /** What a test puts in the place of this computer's. */
  lan?: { listCards?: () => Card[]; now?: () => number } | undefined
}

/** How often it is looked whether a new leaf is due, in milliseconds. */
const LEAF_LOOK_MS = 3_600_000

/**
 * Opens the hub's side of the network and keeps it: listener, device presence, certificates.
 *
 * @throws Fault when the port is taken
 */
export async function openNetwork(hub: HubParts, feed: LiveFeed, { lanPort, lan = {} }: NetworkOptions) {
  const presence = trackDevices(hub.door, hub.read, hub.log)
  if (lanPort !== null)
    hub.lan = await openLan(hub, {
      port: lanPort,
      choice: lanChoice(hub.read),
      listCards: lan.listCards ?? listCards,
      feed,
      presence,
      changed: () => undefined,
    })
  const leaves = setInterval(() => {
    renewLeaf().catch((error: unknown) => hub.log.error({ err: error }, 'the certificate was not renewed'))
  }, LEAF_LOOK_MS)
  leaves.unref()

  return {
    renewLeaf,
    close: async () => {
      clearInterval(leaves)
      hub.pairing.stop()
      hub.lan?.close()
      await presence.close()
    },
  }

  async function renewLeaf(): Promise<void> {
    if (await hub.trust.renewLeaf()) hub.lan?.trustChanged()
  }
}
