import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { Bonjour, type Service } from 'bonjour-service'
import pino from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, describe, expect, test } from 'vitest'
import { broadcastAnswer, MDNS_TYPE, QUESTION_BYTES } from '../../contract/discovery.ts'
import { loopbackCard } from '../../test/support/loopback-card.ts'
import { type Findable, makeFindable } from './findable.ts'
import { shortened } from './shortened.ts'

const log = pino({ level: 'silent' })
const card = loopbackCard('127.0.0.1')
const hubId = uuidv7()
const ended: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end()
})

/** A UDP port that nobody has. */
async function freePort(): Promise<number> {
  const socket = createSocket('udp4')
  socket.bind(0)
  await once(socket, 'listening')
  const { port } = socket.address() as AddressInfo
  await new Promise<void>((resolve) => socket.close(() => resolve()))
  return port
}

async function findable(name = 'Anteroom Test', ports: { mdnsPort?: number; broadcastPort?: number } = {}) {
  const [mdnsPort, broadcastPort] = [ports.mdnsPort ?? (await freePort()), ports.broadcastPort ?? (await freePort())]
  let called = name
  const made: Findable = makeFindable({ hubId, name: () => called, log, mdnsPort, broadcastPort })
  ended.push(made.close)
  return {
    made,
    mdnsPort,
    broadcastPort,
    rename: (next: string) => {
      called = next
    },
  }
}

describe('mDNS', () => {
  const browse = (port: number) => {
    const options = { interface: card.address, bind: '0.0.0.0', port }
    const bonjour = new Bonjour(options)
    const browser = bonjour.find({ type: MDNS_TYPE })
    ended.push(() => bonjour.destroy())
    return browser
  }

  test('tells of the hub on its card: id, name, protocol and port', async () => {
    const { made, mdnsPort } = await findable('Praxis. Müller')
    made.on([card], 8743)
    const [service] = (await once(browse(mdnsPort), 'up')) as [Service]
    expect(service).toMatchObject({ port: 8743, txt: { id: hubId, name: 'Praxis. Müller', v: '1' } })
    expect(service.name).toContain(hubId.slice(-8))
    expect(await made.isHeard(card, 2000)).toBe(true)
  })

  test('says goodbye', async () => {
    const { made, mdnsPort } = await findable()
    const browser = browse(mdnsPort)
    const up = once(browser, 'up')
    made.on([card], 8743)
    await up
    const down = once(browser, 'down')
    await made.close()
    await down
  })

  test('a new port or name is told, with another `n`', async () => {
    const { made, mdnsPort, rename } = await findable('Before')
    made.on([card], 8743)
    const browser = browse(mdnsPort)
    const [first] = (await once(browser, 'up')) as [Service]
    rename('After')
    const again = once(browser, 'up')
    made.on([card], 9000)
    const [second] = (await again) as [Service]
    expect(second).toMatchObject({ port: 9000, txt: { name: 'After' } })
    expect(second.txt.n).not.toBe(first.txt.n)
  })

  test('a name that is too long for DNS is cut between its characters', async () => {
    const { made, mdnsPort } = await findable('ক্লিনিক '.repeat(20))
    made.on([card], 8743)
    const [service] = (await once(browse(mdnsPort), 'up')) as [Service]
    expect(Buffer.byteLength(service.name)).toBeLessThanOrEqual(63)
    expect(service.txt.name).not.toContain('\ufffd')
  })

  test('a port that another program holds ends nothing: it is said, and the broadcast still answers', async () => {
    const other = createSocket('udp4')
    other.bind({ port: 0, address: '0.0.0.0', exclusive: true })
    await once(other, 'listening')
    ended.push(() => other.close())
    const { made, broadcastPort } = await findable('Held', { mdnsPort: (other.address() as AddressInfo).port })
    made.on([card], 8743)
    await expect.poll(() => made.mdnsFailure(card.address)).toBe('EADDRINUSE')
    expect(await made.isHeard(card, 2000)).toBe(false)
    expect((await ask(broadcastPort, question())).length).toBe(1)
  })
})

const question = (bytes = QUESTION_BYTES, fields: object = {}) => {
  const bare = { anteroom: 'where', ...fields, padding: '' }
  return Buffer.from(JSON.stringify({ ...bare, padding: '.'.repeat(bytes - JSON.stringify(bare).length) }))
}

/** What came back to some questions, after the last of them was surely read. */
async function ask(port: number, ...questions: Buffer[]): Promise<Buffer[]> {
  const socket: Socket = createSocket('udp4')
  const answers: Buffer[] = []
  socket.on('message', (message) => answers.push(message))
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  ended.push(() => socket.close())
  for (const each of questions) await new Promise((resolve) => socket.send(each, port, '127.0.0.1', resolve))
  // Another asker's answer comes after all of these were looked at.
  const last = createSocket('udp4')
  ended.push(() => last.close())
  last.bind(0, '127.0.0.9')
  await once(last, 'listening')
  // A flood may have swept it away.
  const again = setInterval(() => last.send(question(), port, '127.0.0.1'), 100)
  await once(last, 'message')
  clearInterval(again)
  return answers
}

describe('broadcast', () => {
  test('the question is answered with where the hub is', async () => {
    const { made, broadcastPort } = await findable('Anteroom Test')
    made.on([card], 8743)
    const [answer] = await ask(broadcastPort, question())
    expect(broadcastAnswer.parse(JSON.parse(String(answer)))).toMatchObject({
      id: hubId,
      name: 'Anteroom Test',
      port: 8743,
    })
  })

  test('what is true later is answered later', async () => {
    const { made, broadcastPort } = await findable()
    for (const port of [8743, 9000, 9001]) made.on([card], port)
    const [answer] = await ask(broadcastPort, question())
    expect(JSON.parse(String(answer))).toMatchObject({ port: 9001 })
    expect(made.broadcastFailure()).toBeNull()
  })

  test.each(['"'.repeat(120), 'ক'.repeat(120), '\\'.repeat(200), '😀'.repeat(120)])(
    'no answer is longer than its question: %s',
    async (name) => {
      const { made, broadcastPort } = await findable(name)
      made.on([card], 8743)
      const [answer] = await ask(broadcastPort, question())
      expect(answer?.length).toBeLessThanOrEqual(QUESTION_BYTES)
      expect(broadcastAnswer.parse(JSON.parse(String(answer))).name.length).toBeGreaterThan(20)
    },
  )

  test('what is not the padded question is not answered', async () => {
    const { made, broadcastPort } = await findable()
    made.on([card], 8743)
    const wrong = [
      question(200),
      question(QUESTION_BYTES + 1),
      question(QUESTION_BYTES, { extra: 1 }),
      Buffer.alloc(QUESTION_BYTES),
      Buffer.from('{"anteroom":"where","padding":""}'),
    ]
    expect(await ask(broadcastPort, ...wrong)).toEqual([])
  })

  test('a flood gets few answers', async () => {
    const { made, broadcastPort } = await findable()
    made.on([card], 8743)
    const answers = await ask(broadcastPort, ...Array.from({ length: 300 }, () => question()))
    expect(answers.length).toBeGreaterThan(0)
    expect(answers.length).toBeLessThanOrEqual(10)
  })

  test('nor who is not on the network of a card that is listened on', async () => {
    const { made, broadcastPort } = await findable()
    const elsewhere = { ...card, address: '127.1.0.1', netmask: '255.255.0.0' }
    made.on([elsewhere], 8743)
    const socket = createSocket('udp4')
    let heard = 0
    socket.on('message', () => {
      heard += 1
    })
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
    ended.push(() => socket.close())
    await new Promise((resolve) => socket.send(question(), broadcastPort, '127.0.0.1', resolve))
    const near = createSocket('udp4')
    near.bind(0, '127.1.0.9')
    await once(near, 'listening')
    ended.push(() => near.close())
    near.send(question(), broadcastPort, '127.0.0.1')
    await once(near, 'message')
    expect(heard).toBe(0)
  })

  test('a port that another program has ends nothing: it is said', async () => {
    const other = createSocket('udp4')
    other.bind({ port: 0, address: '0.0.0.0', exclusive: true })
    await once(other, 'listening')
    ended.push(() => other.close())
    const { made } = await findable('Taken', { broadcastPort: (other.address() as AddressInfo).port })
    made.on([card], 8743)
    await expect.poll(() => made.broadcastFailure()).toBe('EADDRINUSE')
  })
})

test('a text is cut between its characters', () => {
  expect(shortened('aé😀b', 3)).toBe('aé')
  expect(shortened('aé😀b', 6)).toBe('aé')
  expect(shortened('aé😀b', 7)).toBe('aé😀')
  expect(shortened('', 7)).toBe('')
})
