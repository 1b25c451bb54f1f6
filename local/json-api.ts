import { StandardOpenAPIMatcher } from '@orpc/openapi/standard'
import { StandardBracketNotationSerializer } from '@orpc/openapi-client/standard'
import type { Context } from '@orpc/server'
import { type StandardCodec, StandardHandler, type StandardHandlerOptions } from '@orpc/server/standard'
import { refusalBody } from './answers.ts'

type Routes<C extends Context> = ConstructorParameters<typeof StandardHandler<C>>[0]
type LazyRequest = Parameters<StandardCodec['decode']>[0]
type Answer = ReturnType<StandardCodec['encode']>

/**
 * Answers the routes of a contract whose requests and answers are JSON and nothing else (docs/decisions/0003). The caller
 * reads the body and writes the answer.
 */
export function jsonApi<C extends Context>(router: Routes<C>, options: StandardHandlerOptions<C>) {
  return new StandardHandler<C>(router, new StandardOpenAPIMatcher(), jsonCodec, options)
}

const notation = new StandardBracketNotationSerializer()

/** What was parsed is the input, and what is answered is written as it is (docs/decisions/0014). */
const jsonCodec: StandardCodec = {
  decode: async (request, params) => ({ params, query: queryOf(request), body: await request.body() }),
  encode: (output) => answerOf(200, output),
  encodeError: (error) => answerOf(error.status, refusalBody(error)),
}

function queryOf({ url }: LazyRequest): unknown {
  return url.search === '' ? {} : notation.deserialize([...url.searchParams])
}

function answerOf(status: number, body: unknown): Answer {
  return { status, headers: {}, body }
}
