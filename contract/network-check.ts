import * as z from 'zod'

/** The steps of the connection doctor, in the order in which a connection is made. */
export const checkName = z.enum(['card', 'port', 'mdns', 'broadcast', 'reachable', 'certificate', 'clock', 'version'])
export type CheckName = z.infer<typeof checkName>

/**
 * What was found. `why` is a code that the page words, with what to do about it; `facts` are its parameters: addresses,
 * seconds, versions. `slow`: it works, and not as it should.
 */
export const checkStep = z.strictObject({
  name: checkName,
  outcome: z.enum(['passed', 'failed', 'warned', 'skipped']),
  why: z.enum([
    'fine',
    'no_card',
    'only_vpn',
    'port_taken',
    'not_listening',
    'mdns_port_taken',
    'mdns_silent',
    'broadcast_port_taken',
    'broadcast_silent',
    'no_hub_known',
    'refused',
    'timed_out',
    'unreachable',
    'not_a_hub',
    'impostor',
    'expired',
    'not_paired',
    'revoked',
    'clock_differs',
    'station_too_old',
    'hub_too_old',
    'not_reached',
  ]),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type CheckStep = z.infer<typeof checkStep>
