import type { EventSizes } from './bare.ts'

/** What the process of one measured server is told, as its only argument. */
export type HostOrder =
  | { side: 'hub'; dataDir: string; lan?: boolean }
  | { side: 'station'; dataDir: string }
  | { side: 'bare'; dataDir: string; sizes: EventSizes }
/** What it says: that it is ready, or how much memory it has. */
export type HostWord = { url: string; lanPort?: number; publicUrl?: string } | { rssMb: number }

// Each side loads its own modules only.
const order = JSON.parse(process.argv[2] ?? '{}') as HostOrder
const server = await start(order)
const { url, lanPort, publicUrl } = server
say({ url, ...(lanPort === undefined ? {} : { lanPort }), ...(publicUrl === undefined ? {} : { publicUrl }) })
process.on('message', (word) => {
  if (word === 'memory') say({ rssMb: process.memoryUsage.rss() / 1024 / 1024 })
  if (word === 'close') void Promise.resolve(server.close()).then(() => process.exit(0))
})
process.on('disconnect', () => process.exit(0))

type Served = { url: string; lanPort?: number; publicUrl?: string; close(): unknown }

function start(of: HostOrder): Promise<Served> {
  if (of.side === 'hub') return startHub(of.dataDir, of.lan ?? false)
  return of.side === 'station' ? startStation(of.dataDir) : startBareSide(of.dataDir, of.sizes)
}

/** Loopback is its only card: nothing leaves this computer. */
async function startHub(dataDir: string, lan: boolean) {
  const { createHub } = await import('../server/hub.ts')
  if (!lan) return createHub({ dataDir, port: 0 })
  const card = { name: 'lo', address: '127.0.0.1', netmask: '255.0.0.0', broadcast: '127.255.255.255' }
  const network = { listCards: () => [card], findable: null, keepAwake: false }
  const hub = await createHub({ dataDir, port: 0, lanPort: 0, publicPort: 0, lan: network })
  const publicUrl = `http://127.0.0.1:${hub.publicSide?.port}`
  return { url: hub.url, lanPort: hub.lan?.port ?? 0, publicUrl, close: hub.close }
}

async function startStation(dataDir: string) {
  const { createStation } = await import('../station/station.ts')
  return createStation({ dataDir, port: 0, cards: () => [] })
}

async function startBareSide(dataDir: string, sizes: EventSizes) {
  const { startBare } = await import('./bare.ts')
  return startBare(dataDir, sizes)
}

function say(word: HostWord): void {
  process.send?.(word)
}
