import { Agent, request } from 'node:http'

export type Asking = { path: string; headers?: Record<string, string>; body?: string; method?: 'GET' | 'POST' }

export type Generator = {
  /** Sends one request and waits for its whole answer. Throws when that is not 200. */
  ask(asking: Asking): Promise<string>
  close(): void
}

/** A load generator on kept connections; the same for every server that is measured. */
export function createGenerator(url: string, connections: number): Generator {
  const { hostname, port } = new URL(url)
  const agent = new Agent({ keepAlive: true, maxSockets: connections, maxFreeSockets: connections })
  const ask = ({ path, headers = {}, body, method = body === undefined ? 'GET' : 'POST' }: Asking) =>
    new Promise<string>((resolve, reject) => {
      const content =
        body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
      const outgoing = request({ agent, hostname, port, path, method, headers: { ...headers, ...content } })
      outgoing.on('error', reject)
      outgoing.on('response', (incoming) => {
        let text = ''
        incoming.setEncoding('utf8')
        incoming.on('data', (chunk: string) => {
          text += chunk
        })
        incoming.on('end', () => {
          if (incoming.statusCode === 200) resolve(text)
          else reject(new Error(`${method} ${path}: ${incoming.statusCode} ${text.slice(0, 300)}`))
        })
      })
      outgoing.end(body)
    })
  return { ask, close: () => agent.destroy() }
}

/** Keeps so many actions under way until the list is done. */
export async function inParallel<T>(items: readonly T[], inFlight: number, action: (item: T) => Promise<unknown>) {
  let next = 0
  const worker = async () => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await action(item)
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
}
