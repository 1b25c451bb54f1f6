import type { X509Certificate } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { type Agent, request } from 'node:https'
import { TLSSocket } from 'node:tls'
import { systemCode } from '../../local/fault.ts'
import type { HubAddress } from './addresses.ts'

/** In bytes: no answer that a station itself asks for is near it. */
const LARGEST_ANSWER = 256_000

export type Question = {
  address: HubAddress
  agent: Agent
  /** What the hub is called, when it is known; its address otherwise. */
  host?: string
  method?: 'GET' | 'POST'
  path: string
  body?: unknown
  token?: string
  timeoutMs: number
  signal?: AbortSignal | undefined
}

export type Answer = {
  status: number
  body: unknown
  /** The hub's clock, from its `Date` header. */
  date: string | undefined
  /** What it showed on this very connection. */
  peer: X509Certificate | undefined
}

export type WhyUnanswered = 'refused' | 'timed_out' | 'unreachable' | 'not_a_hub' | 'impostor' | 'expired'

/** Nobody answered as a hub does. */
export class Unanswered extends Error {
  readonly why: WhyUnanswered

  constructor(why: WhyUnanswered, options?: { cause?: unknown }) {
    super(`no answer: ${why}`, options)
    this.name = 'Unanswered'
    this.why = why
  }
}

/**
 * Asks a hub for JSON.
 *
 * @throws Unanswered, or what `signal` was aborted with
 */
export async function askHub(question: Question): Promise<Answer> {
  const timeout = AbortSignal.timeout(question.timeoutMs)
  const signal = question.signal ? AbortSignal.any([timeout, question.signal]) : timeout
  try {
    return await answerTo(question, signal)
  } catch (error) {
    question.signal?.throwIfAborted()
    if (timeout.aborted) throw new Unanswered('timed_out', { cause: error })
    throw error instanceof Unanswered ? error : new Unanswered(whyOf(error), { cause: error })
  }
}

function answerTo(question: Question, signal: AbortSignal): Promise<Answer> {
  const { address, agent, method = 'GET', path, token } = question
  const body = question.body === undefined ? undefined : JSON.stringify(question.body)
  return new Promise((resolve, reject) => {
    const asked = request({
      host: address.host,
      port: address.port,
      agent,
      method,
      path,
      signal,
      headers: {
        ...(question.host ? { host: question.host } : {}),
        ...(body === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
    })
    asked.on('error', reject)
    // Unasked for, it would end the request without a word, and nobody would ever hear of it.
    asked.on('upgrade', (_response, socket) => {
      socket.destroy()
      reject(new Unanswered('not_a_hub'))
    })
    asked.on('response', (response) => {
      const { socket } = response
      const peer = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined
      const { statusCode: status = 0, headers } = response
      readBody(response).then((json) => resolve({ status, body: json, date: headers.date, peer }), reject)
    })
    asked.end(body)
  })
}

async function readBody(response: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response) {
    chunks.push(chunk)
    size += chunk.length
    if (size > LARGEST_ANSWER) throw new Unanswered('not_a_hub')
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch (error) {
    throw new Unanswered('not_a_hub', { cause: error })
  }
}

const whys: Record<string, WhyUnanswered> = {
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timed_out',
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'impostor',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'impostor',
  SELF_SIGNED_CERT_IN_CHAIN: 'impostor',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'impostor',
  UNABLE_TO_GET_ISSUER_CERT: 'impostor',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'impostor',
  CERT_SIGNATURE_FAILURE: 'impostor',
  CERT_UNTRUSTED: 'impostor',
  CERT_REJECTED: 'impostor',
  INVALID_PURPOSE: 'impostor',
  INVALID_CA: 'impostor',
  PATH_LENGTH_EXCEEDED: 'impostor',
  EPROTO: 'not_a_hub',
}

function whyOf(error: unknown): WhyUnanswered {
  const code = systemCode(error) ?? ''
  return whys[code] ?? (/^(ERR_SSL_|ERR_TLS_|HPE_)/.test(code) ? 'not_a_hub' : 'unreachable')
}
