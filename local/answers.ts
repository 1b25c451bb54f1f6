import type { ServerResponse } from 'node:http'
import type { Refusal } from '../contract/errors.ts'

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body) ?? ''
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
  response.end(text)
}

type Refused = { code: string; message: string; data?: unknown }

/** A refusal as it travels: the same three fields, whoever answers. */
export function refusalBody({ code, message, data }: Refused): Refused {
  return { code, message, ...(data === undefined ? {} : { data }) }
}

/** A refusal outside oRPC, in the same shape. */
export function answerRefusal(response: ServerResponse, refusal: Refusal): void {
  answerJson(response, refusal.status, refusalBody(refusal))
}
