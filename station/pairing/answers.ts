import * as z from 'zod'
import { errors } from '../../contract/errors.ts'
import type { JoinProblem } from '../../contract/station.ts'
import { id } from '../../contract/values.ts'
import { calledSo } from '../hub/info.ts'

/** A pairing did not come about. */
export class JoinFailed extends Error {
  readonly problem: JoinProblem

  constructor(problem: JoinProblem, options?: { cause?: unknown }) {
    super(`not joined: ${problem}`, options)
    this.name = 'JoinFailed'
    this.problem = problem
  }
}

const askedAnswer = z.object({ hubId: id, name: calledSo(200), root: z.string(), commitment: z.base64url() })
const revealAnswer = z.object({ hubNonce: z.base64url().length(43) })
const outcomeAnswer = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('waiting') }),
  z.object({ phase: z.literal('approved'), certificate: z.string(), deviceId: id, deviceName: z.string() }),
])

/** @throws JoinFailed when the hub refused, or answered something else */
export function asked(status: number, body: unknown): z.infer<typeof askedAnswer> {
  return parsed(askedAnswer, status, body)
}

/** @throws JoinFailed */
export function revealed(status: number, body: unknown): Uint8Array {
  return new Uint8Array(Buffer.from(parsed(revealAnswer, status, body).hubNonce, 'base64url'))
}

/** @throws JoinFailed */
export function concluded(status: number, body: unknown): z.infer<typeof outcomeAnswer> {
  return parsed(outcomeAnswer, status, body)
}

function parsed<Schema extends z.ZodType>(schema: Schema, status: number, body: unknown): z.infer<Schema> {
  if (status !== 200) throw new JoinFailed(refusedAs(body))
  const answer = schema.safeParse(body)
  if (!answer.success) throw new JoinFailed('not_a_hub')
  return answer.data
}

const failed = z.object({ code: z.literal('pairing_failed'), data: errors.pairing_failed.data })
const refusal = z.object({ code: z.string() })

function refusedAs(body: unknown): JoinProblem {
  const why = failed.safeParse(body).data?.data.why
  if (why === 'wrong_digits' || why === 'refused') return why
  // An unknown request is one that the hub has forgotten, a used one belongs to somebody else by now.
  if (why) return 'expired'
  const code = refusal.safeParse(body).data?.code
  if (code === 'pairing_closed' || code === 'too_many' || code === 'not_paired') return 'closed'
  return code === undefined ? 'not_a_hub' : 'refused'
}
