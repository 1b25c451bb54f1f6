import type { EventEmitter } from 'node:events'
import { isIPv4 } from 'node:net'
import { Bonjour, type Browser, type Service } from 'bonjour-service'
import { MDNS_TYPE } from '../../contract/discovery.ts'
import { id } from '../../contract/values.ts'
import type { Card } from '../../local/cards.ts'
import { systemCode } from '../../local/fault.ts'
import type { Asking, Hearing } from './ways.ts'

/** Where mDNS is spoken. */
export const MDNS_PORT = 5353

/**
 * Browses for hubs on one card. The library joins on all cards and sends on one, so each card has an instance of its
 * own; its socket's errors (another program holds the port, the card is gone) would end the process, so they are heard
 * here.
 */
export function browseOn(card: Card, port: number, { heard, failed }: Hearing): Asking {
  const options = { interface: card.address, bind: '0.0.0.0', port }
  let usable = true
  const broken = (error: unknown) => {
    usable = false
    failed(systemCode(error) ?? 'unknown')
  }
  const bonjour = new Bonjour(options, broken)
  socketOf(bonjour).on('error', broken)
  let browser: Browser | undefined
  return {
    // A browser tells of a service once and keeps it for hours; a new one asks, and tells of whoever answers now.
    ask: () => {
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

/** The library gives no other way to its socket's errors. */
function socketOf(bonjour: Bonjour): EventEmitter {
  return (bonjour as unknown as { server: { mdns: EventEmitter } }).server.mdns
}
