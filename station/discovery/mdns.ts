import { isIPv4 } from 'node:net'
import type { Browser, Service } from 'bonjour-service'
import { MDNS_TYPE } from '../../contract/discovery.ts'
import { id } from '../../contract/values.ts'
import type { Card } from '../../local/cards.ts'
import { systemCode } from '../../local/fault.ts'
import { speakOn } from '../../local/mdns.ts'
import type { Asking, Hearing } from './ways.ts'

/** Browses for hubs on one card. */
export function browseOn(card: Card, port: number, { heard, failed }: Hearing): Asking {
  let usable = true
  const broken = (error: unknown) => {
    usable = false
    failed(systemCode(error) ?? 'unknown')
  }
  const { bonjour, rejoin } = speakOn(card, port, broken)
  let browser: Browser | undefined
  return {
    // A browser tells of a service once and keeps it for hours; a new one asks, and tells of whoever answers now.
    ask: () => {
      rejoin()
      browser?.stop()
      browser = bonjour.find({ type: MDNS_TYPE }, (service) => tell(service))
    },
    usable: () => usable,
    stop: () => {
      browser?.stop()
      bonjour.destroy()
    },
  }

  function tell({ txt, port, referer, addresses = [] }: Service): void {
    const hubId = id.safeParse((txt as { id?: unknown } | undefined)?.id).data
    if (!hubId || !(port > 0)) return
    // Where the answer came from is on this card's network; what it lists may not be.
    const hosts = [referer?.address ?? '', ...addresses].filter((host) => isIPv4(host))
    for (const host of new Set(hosts)) heard({ hubId, address: { host, port }, via: 'mdns' })
  }
}
