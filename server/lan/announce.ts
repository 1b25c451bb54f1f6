import { MDNS_TYPE } from '../../contract/discovery.ts'
import { PROTOCOL } from '../../contract/protocol.ts'
import type { Card } from '../../local/cards.ts'
import { systemCode } from '../../local/fault.ts'
import { MDNS_PORT, speakOn } from '../../local/mdns.ts'
import { shortened } from './shortened.ts'

/** What the network is told of this hub. */
export type Told = { hubId: string; name: string; port: number }

export type Announcement = {
  /** The operating system's code of why it cannot be heard; `null` while it can. */
  failed(): string | null
  /** Hears and is heard on a card that was pulled and put back. */
  rejoin(): void
  /** Says goodbye. */
  stop(): Promise<void>
}

/** A label of DNS, and a text of a TXT record, in bytes. */
const LABEL_BYTES = 63
const TEXT_BYTES = 255
/** A goodbye that nobody takes must not hold up the end, in milliseconds. */
const GOODBYE_MS = 500

/**
 * Announces the hub on one card. The library leaves when a name is taken, to the goodbye of its other owner; so
 * the name is one that nobody else has, and is not asked for first.
 */
export function announceOn(card: Card, { hubId, name, port }: Told, mdnsPort = MDNS_PORT): Announcement {
  let failed: string | null = null
  const broken = (error: unknown) => {
    failed = systemCode(error) ?? 'unknown'
  }
  const { bonjour, rejoin } = speakOn(card, mdnsPort, broken)
  const end = ` ${hubId.slice(-8)}`
  const service = bonjour.publish({
    name: shortened(name, LABEL_BYTES - end.length) + end,
    type: MDNS_TYPE,
    port,
    host: `anteroom-${hubId}.local`,
    probe: false,
    // `n` is new each time: who has heard of this hub before looks again.
    txt: {
      id: hubId,
      name: shortened(name, TEXT_BYTES - 'name='.length),
      v: String(PROTOCOL),
      n: Date.now().toString(36),
    },
  })

  return {
    failed: () => failed,
    rejoin,
    stop: async () => {
      await new Promise<void>((resolve) => {
        const late = setTimeout(resolve, GOODBYE_MS)
        service.stop(() => {
          clearTimeout(late)
          resolve()
        })
      })
      bonjour.destroy()
    },
  }
}

/** Whether a hub's announcement can be heard on a card, by whoever asks there now. */
export function isAnnouncedOn(card: Card, hubId: string, ms: number, mdnsPort = MDNS_PORT): Promise<boolean> {
  return new Promise((resolve) => {
    const { bonjour } = speakOn(card, mdnsPort, () => answer(false))
    const late = setTimeout(() => answer(false), ms)
    const browser = bonjour.find({ type: MDNS_TYPE }, ({ txt }) => {
      if ((txt as { id?: unknown } | undefined)?.id === hubId) answer(true)
    })

    function answer(heard: boolean): void {
      clearTimeout(late)
      browser.stop()
      bonjour.destroy()
      resolve(heard)
    }
  })
}
