import type { EventSizes } from './bare.ts'

/** What the process of one measured server is told, as its only argument. */
export type HostOrder = { side: 'hub'; dataDir: string } | { side: 'bare'; dataDir: string; sizes: EventSizes }
/** What it says: that it is ready, or how much memory it has. */
export type HostWord = { url: string } | { rssMb: number }

// Each side loads its own modules only.
const order = JSON.parse(process.argv[2] ?? '{}') as HostOrder
const server = order.side === 'hub' ? await startHub(order.dataDir) : await startBareSide(order.dataDir, order.sizes)
say({ url: server.url })
process.on('message', (word) => {
  if (word === 'memory') say({ rssMb: process.memoryUsage.rss() / 1024 / 1024 })
  if (word === 'close') void Promise.resolve(server.close()).then(() => process.exit(0))
})
process.on('disconnect', () => process.exit(0))

async function startHub(dataDir: string) {
  const { createHub } = await import('../server/hub.ts')
  return createHub({ dataDir, port: 0 })
}

async function startBareSide(dataDir: string, sizes: EventSizes) {
  const { startBare } = await import('./bare.ts')
  return startBare(dataDir, sizes)
}

function say(word: HostWord): void {
  process.send?.(word)
}
