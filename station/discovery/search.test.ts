import { createSocket, type Socket } from 'node:dgram'
import type { AddressInfo } from 'node:net'
import { Bonjour } from 'bonjour-service'
import pino from 'pino'
import { afterEach, expect, test } from 'vitest'
import { broadcastQuestion, MDNS_TYPE, QUESTION_BYTES } from '../../contract/discovery.ts'
import type { Card } from '../../local/cards.ts'
import { loopbackCard } from '../../test/support/loopback-card.ts'
import { aRoot, type SmallHub, smallHub } from '../../test/support/small-hub.ts'
import { MOST_SHOWN } from './crowd.ts'
import { createSearch, type Search } from './search.ts'
import type { Candidate } from './ways.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function aHub(name = 'Clinic'): Promise<SmallHub> {
  const hub = await smallHub({ name })
  ends.push(() => hub.stop())
  return hub
}

const lines: string[] = []
const log = pino({ level: 'trace' }, { write: (line) => lines.push(line) })

/** A search on loopback, and what it tells of as soon as it is so. */
function aSearch(
  options: { cards?: () => Card[]; mdnsPort?: number; broadcastPort?: number },
  known?: () => { hubId: string; address: string },
) {
  const waiting = new Set<() => void>()
  const heard: Candidate[] = []
  const ports = { mdnsPort: 1, broadcastPort: 1 }
  const search: Search = createSearch(
    { cards: () => [loopbackCard()], ...ports, log, ...options },
    {
      heard: (candidate) => heard.push(candidate),
      changed: () => {
        for (const look of [...waiting]) look()
      },
      ...(known ? { known } : {}),
    },
  )
  ends.push(() => search.stop())
  const until = (is: () => unknown) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!is()) return
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      look()
    })
  return { search, heard, until }
}

/** Answers the broadcast question as a hub's computer does, each from its own address. */
async function answering(hubs: () => SmallHub[], questions: Buffer[] = []): Promise<number> {
  const socket = createSocket({ type: 'udp4', reuseAddr: true })
  const voices = new Map<string, Socket>([['127.0.0.1', socket]])
  for (const { address } of hubs()) if (!voices.has(address)) voices.set(address, await voiceAt(address))
  socket.on('message', (question, { address, port }) => {
    questions.push(question)
    for (const { hubId, info, port: at, address: from } of hubs())
      voices
        .get(from)
        ?.send(JSON.stringify({ anteroom: 'here', id: hubId, name: info.name, port: at, protocol: 1 }), port, address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '0.0.0.0', resolve))
  ends.push(() => new Promise<void>((resolve) => socket.close(() => resolve())))
  return (socket.address() as AddressInfo).port
}

async function voiceAt(address: string): Promise<Socket> {
  const socket = createSocket('udp4')
  await new Promise<void>((resolve) => socket.bind(0, address, resolve))
  ends.push(() => new Promise<void>((resolve) => socket.close(() => resolve())))
  return socket
}

/** A port for mDNS that no other test uses. */
async function freePort(): Promise<number> {
  const socket = createSocket('udp4')
  await new Promise<void>((resolve) => socket.bind(0, '0.0.0.0', resolve))
  const { port } = socket.address() as AddressInfo
  await new Promise<void>((resolve) => socket.close(() => resolve()))
  return port
}

function publishes(hub: SmallHub, port: number): Bonjour {
  const options = { interface: '127.0.0.1', bind: '0.0.0.0', port }
  const bonjour = new Bonjour(options)
  const txt = { id: hub.hubId, name: hub.info.name, v: '1', n: '1' }
  bonjour.publish({ name: `${hub.info.name} ${hub.hubId}`, type: MDNS_TYPE, port: hub.port, txt, probe: false })
  ends.push(() => new Promise<void>((resolve) => bonjour.destroy(() => resolve())))
  return bonjour
}

test('by broadcast: the hub is found at the address that it answered from', async () => {
  const hub = await aHub()
  const questions: Buffer[] = []
  const { search, until } = aSearch({ broadcastPort: await answering(() => [hub], questions) })
  search.start()
  await until(() => search.found().length > 0)
  expect(search.found()).toMatchObject([
    { hubId: hub.hubId, name: 'Clinic', addresses: [`127.0.0.1:${hub.port}`], via: ['broadcast'] },
  ])
  const [question] = questions
  expect(question?.length).toBe(QUESTION_BYTES)
  expect(broadcastQuestion.safeParse(JSON.parse(String(question))).success).toBe(true)
})

test('by mDNS, within two seconds', async () => {
  const hub = await aHub()
  const mdnsPort = await freePort()
  publishes(hub, mdnsPort)
  const { search, until } = aSearch({ mdnsPort })
  const begun = performance.now()
  search.start()
  await until(() => search.found().length > 0)
  expect(performance.now() - begun).toBeLessThan(2000)
  expect(search.found()[0]).toMatchObject({ hubId: hub.hubId, via: ['mdns'] })
  expect(search.found()[0]?.addresses).toContain(`127.0.0.1:${hub.port}`)
})

test('two hubs of one name are two; one stops, the other stays', async () => {
  const [one, other] = [await aHub(), await aHub()]
  const { search, until } = aSearch({ broadcastPort: await answering(() => [one, other]) })
  search.start()
  await until(() => search.found().length === 2)
  expect(new Set(search.found().map(({ hubId }) => hubId))).toEqual(new Set([one.hubId, other.hubId]))
  await one.stop()
  await until(() => search.found().length === 1)
  expect(search.found()[0]?.hubId).toBe(other.hubId)
})

test('what is announced and does not answer as a hub is no hub', async () => {
  const [gone, hub] = [await aHub(), await aHub()]
  await gone.stop()
  const strange = await aHub()
  strange.answers['GET /api/info'] = () => [200, { name: 'router' }]
  const { search, heard, until } = aSearch({ broadcastPort: await answering(() => [gone, strange, hub]) })
  search.start()
  await until(() => search.found().length > 0 && heard.length >= 3)
  await until(() => !search.asking())
  expect(search.found().map(({ hubId }) => hubId)).toEqual([hub.hubId])
})

test('anybody may send anything to the question’s port', async () => {
  const hub = await aHub()
  const noise = createSocket('udp4')
  ends.push(() => new Promise<void>((resolve) => noise.close(() => resolve())))
  noise.on('message', (_question, { port, address }) => {
    for (const text of ['', '{', 'null', '{"anteroom":"here"}', '{"anteroom":"here","id":"x","name":"y","port":1}'])
      noise.send(text, port, address)
    const { hubId, info, port: at } = hub
    noise.send(JSON.stringify({ anteroom: 'here', id: hubId, name: info.name, port: at, protocol: 1 }), port, address)
  })
  await new Promise<void>((resolve) => noise.bind(0, '0.0.0.0', resolve))
  const { search, heard, until } = aSearch({ broadcastPort: (noise.address() as AddressInfo).port })
  search.start()
  await until(() => search.found().length > 0)
  expect(new Set(heard.map(({ hubId }) => hubId))).toEqual(new Set([hub.hubId]))
})

test('the mDNS port taken by another program: the other way finds it, and mDNS again once the port is free', async () => {
  const hub = await aHub()
  const taken = createSocket({ type: 'udp4', reuseAddr: false })
  await new Promise<void>((resolve) => taken.bind(0, '0.0.0.0', resolve))
  const mdnsPort = (taken.address() as AddressInfo).port
  const { search, until } = aSearch({ mdnsPort, broadcastPort: await answering(() => [hub]) })
  search.start()
  await until(() => search.found().length > 0)
  expect(search.found()[0]?.via).toEqual(['broadcast'])
  expect(lines.join('')).toContain('EADDRINUSE')
  await new Promise<void>((resolve) => taken.close(() => resolve()))
  publishes(hub, mdnsPort)
  await until(() => search.found()[0]?.via.includes('mdns'))
})

test('a card that comes later is asked on too', async () => {
  const hub = await aHub()
  let cards: Card[] = []
  const { search, until } = aSearch({ cards: () => cards, broadcastPort: await answering(() => [hub]) })
  search.start()
  await until(() => !search.asking())
  expect(search.found()).toEqual([])
  cards = [loopbackCard()]
  await until(() => search.found().length > 0)
  cards = [{ ...loopbackCard(), address: '192.0.2.1' }]
  search.start()
  await until(() => !search.asking())
})

/** Computers that claim to be hubs, and answer as such: as many as a list has room for, and some more. */
async function fakes(): Promise<SmallHub[]> {
  const root = await aRoot()
  return Promise.all(
    Array.from({ length: MOST_SHOWN + 8 }, async (_, index) => {
      const fake = await smallHub({ name: 'Clinic', root })
      ends.push(() => fake.stop())
      await fake.stop()
      await fake.listen(`127.0.0.${index + 2}`)
      return fake
    }),
  )
}

test('a list full of fakes does not hide a hub that answers by both ways: it is the first', async () => {
  const [hub, crowd, mdnsPort] = [await aHub(), await fakes(), await freePort()]
  let hubs = crowd
  const { search, until } = aSearch({ mdnsPort, broadcastPort: await answering(() => hubs) })
  search.start()
  await until(() => search.found().length >= MOST_SHOWN)
  hubs = [...crowd, hub]
  publishes(hub, mdnsPort)
  await until(() => search.found()[0]?.hubId === hub.hubId)
  expect(search.found()[0]?.via).toHaveLength(2)
  expect(search.found()).toHaveLength(MOST_SHOWN)
})

test('nor the hub that this station knows, by whatever way it is heard', async () => {
  const [hub, crowd] = [await aHub(), await fakes()]
  let hubs = crowd
  const known = () => ({ hubId: hub.hubId, address: '192.0.2.1:8743' })
  const { search, until } = aSearch({ broadcastPort: await answering(() => hubs) }, known)
  search.start()
  await until(() => search.found().length >= MOST_SHOWN)
  hubs = [...crowd, hub]
  await until(() => search.found()[0]?.hubId === hub.hubId)
})
