import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { localProof, type Proof, proofRoute, tellWhere, whoAnswers } from '../local/proof.ts'
import type { Desktop } from './desktop.ts'
import { type Served, serve } from './served.ts'
import type { Standing } from './standing.ts'

let folder: string
let proof: Proof
let child: EventEmitter
let served: Served
let stood: Standing[]
const servers: Server[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anteroom-served-'))
  proof = localProof(join(folder, 'secret'))
  stood = []
  child = Object.assign(new EventEmitter(), { pid: undefined, postMessage: () => child.emit('exit', 0) })
  const forked = Promise.withResolvers<void>()
  const fork = () => {
    forked.resolve()
    return child
  }
  served = serve({
    desktop: { utilityProcess: { fork } } as unknown as Desktop,
    dataDir: join(folder, 'data'),
    serviceDir: join(folder, 'service'),
    argv: [`--data=${join(folder, 'data')}`],
    stands: (standing) => stood.push(standing),
  })
  return forked.promise
})
afterEach(async () => {
  await served.stop()
  for (const server of servers.splice(0)) server.close()
  rmSync(folder, { recursive: true })
})

async function listen(answer: RequestListener): Promise<number> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

async function says(port: number): Promise<Standing | undefined> {
  const before = stood.length
  child.emit('message', { kind: 'ready', port, publicKey: proof.publicKey })
  await expect.poll(() => stood.length).toBeGreaterThan(before)
  return stood.at(-1)
}

test('a process of our own is believed once it has proven itself on its port, and not before', async () => {
  const app = express()
  const port = await listen(app)
  app.use(proofRoute(proof, port))
  expect(await says(port)).toMatchObject({ kind: 'proven', port, ours: true })
})

test('whoever has the port that our own process named, and cannot prove it, is an impostor', async () => {
  const port = await listen((_request, response) => response.end('<form>Password</form>'))
  expect(await says(port)).toEqual({ kind: 'impostor', port })
})

test('an impostor that passes the question on to our own process is one all the same: the port is in the answer', async () => {
  const app = express()
  const real = await listen(app)
  app.use(proofRoute(proof, real))
  const port = await listen((request, response) => {
    void fetch(`http://127.0.0.1:${real}${request.url}`).then(async (answer) => response.end(await answer.text()))
  })
  expect(await says(port)).toEqual({ kind: 'impostor', port })
})

test('however often it is looked for, as at each wake-up, a process that has gone is followed by one of our own', async () => {
  const dataDir = join(folder, 'followed')
  const own = localProof(dataDir)
  const app = express()
  const port = await listen(app)
  app.use(proofRoute(own, port))
  tellWhere(dataDir, { port, publicKey: own.publicKey })
  const stands: Standing[] = []
  const started: EventEmitter[] = []
  const fork = () => {
    const next = Object.assign(new EventEmitter(), { pid: undefined, postMessage: () => next.emit('exit', 0) })
    started.push(next)
    return next
  }
  const following = serve({
    desktop: { utilityProcess: { fork } } as unknown as Desktop,
    dataDir,
    serviceDir: join(folder, 'service'),
    argv: [`--data=${dataDir}`],
    stands: (standing) => stands.push(standing),
  })
  await expect.poll(() => stands.at(-1)).toMatchObject({ kind: 'proven', ours: false })
  const server = servers.pop()
  server?.closeAllConnections()
  await new Promise((resolve) => server?.close(resolve))
  const before = stands.length
  for (let each = 0; each < 6; each += 1) following.look()
  await expect.poll(() => started.length).toBeGreaterThan(0)
  // Each of the six has had its answer by the time that a seventh, asked after them, would have.
  await whoAnswers(port, own.publicKey)
  await expect.poll(() => stands.length - before).toBeGreaterThanOrEqual(3)
  await following.stop()
  expect(started).toHaveLength(1)
})
