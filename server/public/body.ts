import type { IncomingMessage } from 'node:http'
import { Refusal } from '../../contract/errors.ts'
import { readJson } from '../../local/body.ts'

/** In bytes: a rating with all its words is a tenth of it. */
const LARGEST = 2000

/** @throws Refusal `too_large` before anything of it is read, or when it does not say how long it is */
export async function readSmallJson(request: IncomingMessage): Promise<unknown> {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers
  if (encoding !== undefined || Number(length ?? 0) > LARGEST) throw new Refusal('too_large')
  return (await readJson(request)) ?? {}
}
