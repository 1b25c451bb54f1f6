import { type Card, listCards } from '../../local/cards.ts'
import { trackDevices } from '../devices/presence.ts'
import type { HubParts } from '../http/context.ts'
import { clinicName } from '../info/queries.ts'
import { lanChoice } from '../network/queries.ts'
import type { LiveFeed } from '../realtime/live-feed.ts'
import { keepAwake } from './awake.ts'
import { makeFindable } from './findable.ts'
import { openLan } from './lan.ts'

export type LanSurroundings = {
  listCards?: () => Card[]
  /** Milliseconds of the real clock. */
  now?: () => number
  /** Where the questions for hubs are asked; `null` does not answer them. */
  findable?: { mdnsPort: number; broadcastPort: number } | null
  /** Whether the computer is kept from sleeping. */
  keepAwake?: boolean
}

export type NetworkOptions = {
  /** The port on the network; `null` opens nothing there, 0 takes any. */
  lanPort: number | null
  /** What a test puts in the place of what a computer has. */
  lan?: LanSurroundings | undefined
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
  const { hubId, read, log } = hub
  if (lanPort !== null && lan.findable !== null)
    hub.findable = makeFindable({ hubId, name: () => clinicName(read), log, ...lan.findable })
  if (lanPort !== null)
    hub.lan = await openLan(hub, {
      port: lanPort,
      choice: lanChoice(hub.read),
      listCards: lan.listCards ?? listCards,
      feed,
      presence,
      changed: (cards, port) => hub.findable?.on(cards, port),
    })
  const letSleep = hub.lan && lan.keepAwake !== false ? keepAwake(log) : undefined
  const leaves = setInterval(() => {
    hub.lan?.renewLeaf().catch((error: unknown) => hub.log.error({ err: error }, 'the certificate was not renewed'))
  }, LEAF_LOOK_MS)
  leaves.unref()

  return {
    close: async () => {
      clearInterval(leaves)
      letSleep?.()
      hub.pairing.stop()
      hub.lan?.close()
      await hub.findable?.close()
      await presence.close()
    },
  }
}
