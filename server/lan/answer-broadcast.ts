import { createSocket } from 'node:dgram'
import { BlockList } from 'node:net'
import { type BroadcastAnswer, broadcastQuestion, QUESTION_BYTES } from '../../contract/discovery.ts'
import { PROTOCOL } from '../../contract/protocol.ts'
import type { Card } from '../../local/cards.ts'
import { systemCode } from '../../local/fault.ts'
import type { Told } from './announce.ts'
import { shortened } from './shortened.ts'

/** Answers in a second: to one address, and in all. A station asks once every few seconds. */
const MOST_TO_ONE = 5
const MOST_IN_ALL = 100

export type Answering = {
  failed(): string | null
  close(): void
}

/**
 * Answers the question where the hub is, broadcast on one of the cards that are listened on. An answer is never longer
 * than its question and goes to that card's own network only, so that nobody can aim this hub at somebody else.
 */
export function answerBroadcasts(cards: readonly Card[], told: Told, port: number): Answering {
  const near = new BlockList()
  for (const { address, netmask } of cards) near.addSubnet(address, prefixOf(netmask), 'ipv4')
  const answer = answerOf(told)
  const count = countInSecond()
  let failed: string | null = null
  const socket = createSocket('udp4')
  socket.on('error', (error) => {
    failed = systemCode(error) ?? 'unknown'
  })
  socket.on('message', (message, from) => {
    if (!near.check(from.address, 'ipv4') || !isQuestion(message) || !count(from.address)) return
    // Nobody waits for an answer that could not be sent: they ask again.
    socket.send(answer, from.port, from.address, () => undefined)
  })
  socket.bind({ port, address: '0.0.0.0', exclusive: true })
  return {
    failed: () => failed,
    close: () => socket.close(),
  }
}

function isQuestion(message: Buffer): boolean {
  if (message.length !== QUESTION_BYTES) return false
  try {
    return broadcastQuestion.safeParse(JSON.parse(message.toString('utf8'))).success
  } catch {
    // Anybody may send anything to a port: what is no question is not answered.
    return false
  }
}

/** The answer, with as much of the name as fits. */
function answerOf({ hubId, name, port }: Told): Buffer {
  const answer = { anteroom: 'here', id: hubId, name: '', port, protocol: PROTOCOL } satisfies BroadcastAnswer
  const room = QUESTION_BYTES - Buffer.byteLength(JSON.stringify(answer))
  // JSON writes quotes and backslashes with one byte more.
  let fitting = [...name].slice(0, 120).join('')
  while (Buffer.byteLength(JSON.stringify(fitting)) - 2 > room)
    fitting = shortened(fitting, Buffer.byteLength(fitting) - 1)
  return Buffer.from(JSON.stringify({ ...answer, name: fitting }))
}

/** Counts the answers of the present second; says whether one more may go to that address. */
function countInSecond() {
  let second = 0
  let all = 0
  const to = new Map<string, number>()
  return (address: string): boolean => {
    const now = Math.floor(performance.now() / 1000)
    if (now !== second) {
      second = now
      all = 0
      to.clear()
    }
    const before = to.get(address) ?? 0
    if (all >= MOST_IN_ALL || before >= MOST_TO_ONE) return false
    all += 1
    to.set(address, before + 1)
    return true
  }
}

function prefixOf(netmask: string): number {
  return netmask.split('.').reduce((bits, part) => bits + Number(part).toString(2).replaceAll('0', '').length, 0)
}
