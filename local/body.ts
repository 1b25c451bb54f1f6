import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { Refusal } from '../contract/errors.ts'

/** The largest body, in bytes: an import of 500 patients, or a photo. */
const LARGEST_BODY = 1_000_000

/**
 * The JSON of a request, `undefined` when it has no body.
 *
 * @throws Refusal `too_large`, or `bad_input` when it is not JSON in UTF-8
 */
export function readJson(request: IncomingMessage): Promise<unknown> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > LARGEST_BODY) return reject(new Refusal('too_large'))
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > LARGEST_BODY) reject(new Refusal('too_large'))
      else chunks.push(chunk)
    })
    // Whoever sent it is gone: nobody hears the answer, and it is no bug.
    request.on('error', () => reject(wrongBody('was cut off')))
    request.on('end', () => {
      if (size === 0) return resolve(undefined)
      const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)
      // What cannot be read would be replaced in silence, in the middle of a name.
      if (!isUtf8(body)) return reject(wrongBody('must be UTF-8'))
      try {
        resolve(JSON.parse(body.toString('utf8')))
      } catch {
        reject(wrongBody('must be valid JSON'))
      }
    })
  })
}

function wrongBody(message: string): Refusal {
  return new Refusal('bad_input', { fields: [{ field: 'body', message }] })
}
