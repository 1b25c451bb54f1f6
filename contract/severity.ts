import * as z from 'zod'

/** L1, lowest first. In a file of its own, so that alerts can speak of triage and triage of alerts. */
export const severity = z.enum(['info', 'warning', 'critical'])
export type Severity = z.infer<typeof severity>
