import type { CheckStep } from '../../contract/network-check.ts'
import type { Words } from '../ui/i18n.ts'

export type Why = CheckStep['why']
/** One thing to do, by the key of its words. */
export type Advice = keyof Words['doctorCheck']['advice']

/** What helps against what was found, the likeliest first. */
export const ADVICE: Readonly<Record<Why, readonly Advice[]>> = {
  fine: [],
  not_reached: [],
  no_card: ['cable', 'wifiOn'],
  only_vpn: ['vpnOff', 'cable'],
  port_taken: ['otherAnteroom', 'restart'],
  not_listening: ['hubCards', 'restart'],
  mdns_port_taken: ['otherMdns', 'stillWorks'],
  mdns_silent: ['privateNetwork', 'isolation', 'typeAddress'],
  broadcast_port_taken: ['otherAnteroom', 'stillWorks'],
  broadcast_silent: ['firewall', 'isolation', 'typeAddress'],
  no_hub_known: ['hubOn', 'sameNetwork', 'typeAddress'],
  refused: ['hubRunning', 'rightAddress', 'firewall'],
  timed_out: ['firewall', 'privateNetwork', 'isolation', 'vpnOff', 'hubOn'],
  unreachable: ['sameNetwork', 'isolation', 'vpnOff', 'rightAddress'],
  not_a_hub: ['rightAddress'],
  impostor: ['doNotGoOn', 'replacedHub'],
  expired: ['setClock', 'pairAgain'],
  not_paired: ['pairAgain'],
  revoked: ['pairAgain'],
  clock_differs: ['setClock'],
  station_too_old: ['updateStation'],
  hub_too_old: ['updateHub'],
}

/** The step that is opened by itself: the first that failed, or else the first that does not work as it should. */
export function firstWorth(steps: readonly CheckStep[]): CheckStep | undefined {
  return steps.find(({ outcome }) => outcome === 'failed') ?? steps.find(({ outcome }) => outcome === 'warned')
}
